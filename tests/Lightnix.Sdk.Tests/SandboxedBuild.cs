namespace Lightnix.Sdk;

/// <summary>A stage that reads a file which it does not declare, in a sandbox and without.</summary>
public sealed class SandboxedBuild : Playground
{
    [Fact]
    public void UndeclaredFileIsNotThereAndNothingIsHashedOfThat()
    {
        Write("data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="copy" Command="cat {{PathOf("undeclared.txt")}} > @{out}/n" />
                <Promise Include="n" Stage="copy" />
              </ItemGroup>
            </Project>
            """);
        Write("undeclared.txt", "7");

        var first = Dotnet("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=Auto");
        if (first.Says("no sandbox: "))
        {
            Assert.Contains(Fail("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=Required").Diagnostics, d => d.Code == "LNX5002");
            return;
        }
        var refused = Assert.Single(first.Diagnostics, d => d.Text.Contains("It ran in a sandbox", StringComparison.Ordinal));
        Assert.Equal("LNX2002", refused.Code);
        Assert.True(first.Says("undeclared.txt: No such file or directory"), first.ToString());

        var resolved = Directory.GetDirectories(PathOf("store", "resolved"));
        Succeed("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=None");
        Assert.Equal(resolved, Directory.GetDirectories(PathOf("store", "resolved")));
        Assert.Equal("7", Read("bin/copy/n"));
    }
}
