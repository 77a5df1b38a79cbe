namespace Lightnix.Scenarios;

/// <summary>Promised files with an item type: a tool that compares times reads them, or one that writes.</summary>
[Trait("Speed", "Slow")]
public sealed class FilesForOtherTools : IDisposable
{
    const string Copies = "project/obj/items/site.lnproj";

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Get_a_new_time_with_each_other_content_and_with_a_former_one()
    {
        var times = new List<DateTime>();
        foreach (var text in (string[])["one", "two", "one"])
        {
            var before = DateTime.UtcNow.AddSeconds(-1);
            Assert.True((
                await BuildAsync(
                $"echo {text} > @{{out}}/a.txt; mkdir @{{out}}/d; echo {text} > @{{out}}/d/b; chmod +x @{{out}}/d/b")).Succeeded);
            Assert.Equal((text, text), (Read("a.txt"), Read("d/b")));
            Assert.InRange(Time("a.txt"), before, DateTime.UtcNow);
            times.Add(Time("a.txt"));
        }
        Assert.Equal(times.Order(), times);
        Assert.Equal(3, times.Distinct().Count());
        // Their own inodes, which anybody may write to.
        Assert.Equal("1 644\n1 755\n", _site.Sh($"umask 022; stat -c '%h %a' {Copies}/made/a.txt {Copies}/made/d/b"));
    }

    [Fact]
    public async Task Are_not_written_by_a_build_that_changes_nothing()
    {
        var stat = $"find {Copies} -exec stat -c '%n %i %Z %Y' {{}} +";
        await BuildAsync("echo 1 > @{out}/a.txt; mkdir @{out}/d; echo 2 > @{out}/d/b");
        var before = _site.Sh(stat);

        await BuildAsync("echo 1 > @{out}/a.txt; mkdir @{out}/d; echo 2 > @{out}/d/b");
        // Another run with another result, in which these files are the same.
        await BuildAsync("echo 1 > @{out}/a.txt; mkdir @{out}/d; echo 2 > @{out}/d/b; echo 3 > @{out}/c");

        Assert.Equal(before, _site.Sh(stat));
    }

    [Theory]
    [InlineData("echo edited >> a.txt")]
    // Same size, and the time of before.
    [InlineData("touch -r a.txt ../time; sed -i s/one/two/ a.txt; touch -r ../time a.txt")]
    [InlineData("rm a.txt; echo outside > ../outside; ln -s ../outside a.txt")]
    [InlineData("rm a.txt; mkdir a.txt; echo x > a.txt/x")]
    [InlineData("rm -r d; mkdir ../other; echo outside > ../other/b; ln -s ../other d")]
    [InlineData("rm -r d; echo x > d")]
    [InlineData("rm -r *")]
    [InlineData("echo more > more; mkdir -p e/f; echo more > e/f/g; touch ../../site.lnproj.new-killed")]
    public async Task Are_put_right_by_the_next_build_where_somebody_wrote(string script)
    {
        const string command = "echo one > @{out}/a.txt; mkdir @{out}/d; echo one > @{out}/d/b";
        await BuildAsync(command);
        _site.Sh($"cd {Copies}/made; {script}");

        Assert.True((await BuildAsync(command)).Succeeded);

        Assert.Equal(("one", "one"), (Read("a.txt"), Read("d/b")));
        Assert.Equal("made/a.txt\nmade/d/b\n", _site.Sh($"cd {Copies}; find * -type f | sort"));
        Assert.Equal("", _site.Sh("find project/obj/items -name '*.new-*'; find project/obj/items -type l"));
        Assert.All(Directory.GetFiles(_site["project/obj/items"], "outside", SearchOption.AllDirectories),
            file => Assert.Equal("outside\n", File.ReadAllText(file)));
        Assert.Empty(_site.Damages());
    }

    [Fact]
    public async Task Leave_with_what_promised_them()
    {
        await BuildAsync("echo 1 > @{out}/a.txt; mkdir @{out}/d; touch @{out}/d/b @{out}/d/c");
        await BuildAsync("echo 1 > @{out}/a.txt; mkdir @{out}/d; touch @{out}/d/c");
        Assert.Equal("made/a.txt\nmade/d/c\n", _site.Sh($"cd {Copies}; find * -type f | sort"));

        // A build that fails leaves what is there.
        Assert.False((await BuildAsync("exit 1")).Succeeded);
        Assert.Equal("made/a.txt\nmade/d/c\n", _site.Sh($"cd {Copies}; find * -type f | sort"));

        Assert.True((await _site.BuildAsync("""
            <Stage Include="made" Command="echo 1 > @{out}/a.txt" />
            <Promise Include="a.txt" Stage="made" CopyToOutputDirectory="Always" />
            """)).Succeeded);
        Assert.Equal("", _site.Sh("find project/obj/items -name '*site*'"));
    }

    [Fact]
    public async Task Are_marked_as_generated_code_where_they_are_compiled()
    {
        const string stage = """<Stage Include="made" Command="echo '// 1' > @{out}/A.cs" />""";
        await _site.BuildAsync(stage + """<Promise Include="A.cs" Stage="made" OutputItemType="compile" />""");
        Assert.Contains("generated_code = true", File.ReadAllText(_site[Copies + "/.editorconfig"]), StringComparison.Ordinal);

        await _site.BuildAsync(stage + """<Promise Include="A.cs" Stage="made" OutputItemType="AdditionalFiles" />""");
        Assert.False(File.Exists(_site[Copies + "/.editorconfig"]));
    }

    [Fact]
    public async Task Are_numbered_where_several_results_are_chosen()
    {
        await _site.BuildAsync("""
            <Stage Include="made" Command="echo @{seed} > @{out}/a.txt" /><Matcher Include="made" Select="All" AtLeast="2" />
            <Promise Include="a.txt" Stage="made" OutputItemType="Oracle" />
            """);

        Assert.Equal("made/1/a.txt\nmade/2/a.txt\n", _site.Sh($"cd {Copies}; find * -type f | sort"));
    }

    [Fact]
    public async Task Are_whole_where_several_builds_place_them_at_once()
    {
        const string command = "for i in $(seq 40); do echo $i > @{out}/$i; done; mkdir @{out}/d; echo a > @{out}/a.txt";

        var builds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => BuildAsync(command, "."))));

        Assert.All(builds, b => Assert.True(b.Succeeded));
        Assert.Equal("41", _site.Sh($"find {Copies} -type f -size +0 | wc -l").Trim());
        Assert.Equal("", _site.Sh("find project/obj/items -name '*.new-*'"));
    }

    // A file and a folder are promised, or, with ".", the file and forty others.
    Task<Site.Built> BuildAsync(string command, string folder = "d")
    {
        var others = folder == "." ? Enumerable.Range(1, 40).Select(i => i.ToString(CultureInfo.InvariantCulture)) : [folder];
        return _site.BuildAsync($"""
            <Stage Include="made" Command="{command.Replace(">", "&gt;", StringComparison.Ordinal)}" />
            <Promise Include="a.txt" Stage="made" OutputItemType="Oracle" CopyToOutputDirectory="IfDifferent" />
            {string.Concat(others.Select(o => $"<Promise Include='{o}' Stage='made' OutputItemType='Oracle' />"))}
            """);
    }

    string Read(string path) => File.ReadAllText(_site[$"{Copies}/made/{path}"]).Trim();

    DateTime Time(string path) => File.GetLastWriteTimeUtc(_site[$"{Copies}/made/{path}"]);
}
