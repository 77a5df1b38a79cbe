namespace Lightnix.Scenarios;

/// <summary>Builders that call their files what MSBuild would read as another path.</summary>
public sealed class NamesThatMSBuildMisreads : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(@"\\..\\..\\etc\\hostname")]
    [InlineData(@"a\\b")]
    [InlineData(@"a\nb")]
    [InlineData(@"a\rb")]
    [InlineData(@"a\033b")]
    [InlineData(@"a\302\205b")]
    public async Task Are_refused_where_the_files_are_handed_on(string name)
    {
        foreach (var (promise, script) in new[]
        {
            ("d\" CopyToOutputDirectory=\"Always", "mkdir out/d; : > \"out/d/$name\""),
            ("d\" CopyToPublishDirectory=\"Always", "mkdir -p \"out/d/$name\"; : > \"out/d/$name/x\""),
            ("d\" OutputItemType=\"Oracle", "mkdir out/d; : > \"out/$name\"; ln -s \"../$name\" out/d/link"),
        })
        {
            var escaped = script.Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
            var built = await _site.BuildAsync($"""
                <Stage Include="made" Command="name=$(printf '{name}.'); {escaped}" />
                <Promise Include="{promise}" Stage="made" />
                """);

            Assert.False(built.Succeeded);
            var refused = Assert.Single(built.Errors);
            Assert.Equal("LNX2007", refused.Code);
            Assert.Contains("promise 'd' hands it to MSBuild", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(refused.Message, c => char.IsControl(c));
        }
    }

    [Fact]
    public async Task Are_kept_where_no_project_gets_the_files()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="made" Command="mkdir out/d; : &gt; 'out/d/a\b'; : &gt; out/c" />
            <Promise Include="d" Stage="made" /><Promise Include="c" Stage="made" CopyToOutputDirectory="Always" />
            """);

        Assert.True(built.Succeeded);
    }
}
