using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>
/// The base is random; what was built from one base comes from another store, what was built here comes from another base.
/// </summary>
public sealed class OneBaseForAll : Playground
{
    [Fact]
    public void A_stage_that_needs_both_sees_one()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var project = ProjectCreator.Lightnix()
            .Stage("base", "head -c 8 /dev/urandom | od -An -tx1 > @{out}/a", "a")
            .Stage("dep1", "cat @{base/a} > @{out}/a", "a")
            .Stage("dep2", "cat @{base/a} > @{out}/a; echo 2 > @{out}/b", "a")
            .Stage("both", "cat @{dep1/a} > @{out}/one; cat @{dep2/a} > @{out}/two; cat @{base/a} > @{out}/base", "one")
            .Promise("both", "two").Promise("both", "base");
        Write("there/data.lnproj", project);
        Write("here/data.lnproj", project);
        Succeed("build", "there/data.lnproj", "-tl:off", "-p:LightnixStages=dep1", $"-p:LightnixStore={PathOf("there", "store")}");
        Succeed("build", "here/data.lnproj", "-tl:off", "-p:LightnixStages=dep2");
        Assert.NotEqual(Read("there/bin/base/a"), Read("here/bin/base/a"));
        using (var copy = Process.Start("cp", ["-an",
            .. new[] { "derivations", "resolved", "listings", "trees", "files", "logs" }.Select(f => PathOf("there", "store", f)), Store]))
            copy.WaitForExit();

        var built = Succeed("build", "here/data.lnproj", "-tl:off");

        var chosen = Read("here/bin/base/a");
        Assert.All(["both/one", "both/two", "both/base", "dep1/a", "dep2/a"], file => Assert.Equal(chosen, Read("here/bin/" + file)));
        // Only what was made from the other base is made again.
        Assert.False(built.Ran("base"), built.ToString());
        Assert.True(built.Ran("dep1") != built.Ran("dep2"), built.ToString());
        Assert.True(Succeed("build", "here/data.lnproj", "-tl:off").Says("nothing to run"));
    }
}
