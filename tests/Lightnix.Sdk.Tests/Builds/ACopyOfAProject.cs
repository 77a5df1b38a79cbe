using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>A colleague's copy, a backup, a second workspace: a folder with all that a build left in it, at another place.</summary>
public sealed class ACopyOfAProject : Playground
{
    [Fact]
    public void Leaves_the_links_of_the_original_alone()
    {
        Write("p/data.lnproj", ProjectCreator.Lightnix().Stage("model", "echo 1 > @{out}/model.txt", "model.txt"));
        Succeed("build", "p/data.lnproj", "-tl:off");
        Succeed("build", "p/data.lnproj", "-tl:off", $"-p:LightnixLinkDir={PathOf("links")}");
        Succeed("build", "p/data.lnproj", "-tl:off");
        Assert.False(Has("links/model"), "the same project's former links are removed");
        Copy("p", "q");
        Copy("p", "r");

        Succeed("build", "q/data.lnproj", "-tl:off", "-p:LightnixLinkDir=links");
        Succeed("clean", "r/data.lnproj", "-tl:off");

        Assert.Equal("1\n", Read("p/bin/model/model.txt"));
        Assert.Equal("1\n", Read("q/links/model/model.txt"));
        Assert.False(Has("q/bin/model"));
        Assert.False(Has("r/bin/model"));
    }

    void Copy(string from, string to)
    {
        using var process = Process.Start("cp", ["-a", PathOf(from), PathOf(to)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
