namespace Lightnix.Sdk;

/// <summary>
/// A random model that an app has by three ways: of its own project, read by a stage of another one, and by the program of a third one. All
/// are pinned.
/// </summary>
public sealed class UpdatesOfAWholeBuild : Playground
{
    static readonly string[] Copies = ["m.txt", "r.txt", "p.txt"];

    public UpdatesOfAWholeBuild()
    {
        Write("Directory.Build.props",
            "<Project><PropertyGroup><LightnixUseLockFile Condition=\"'$(LightnixUseLockFile)' == "
            + "''\">true</LightnixUseLockFile></PropertyGroup></Project>");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Stage("m", $"od -An -N8 -tu8 /dev/urandom > @{{out}}/m.txt; echo x >> {PathOf("runs")}")
            .Promise("m", "m.txt", ("CopyToOutputDirectory", "IfDifferent")));
        Write("sub/sub.lnproj", ProjectCreator.Lightnix()
            .Reference("../data/data.lnproj")
            .Stage("r", "cat @{data:m/m.txt} > @{out}/r.txt")
            .Promise("r", "r.txt", ("CopyToOutputDirectory", "IfDifferent")));
        Write("tool/tool.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("tool/Program.cs", "System.IO.File.Copy(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"m.txt\"), args[0]);");
        Write("prog/prog.lnproj", ProjectCreator.Lightnix()
            .Item("Stage", "p", ("Program", "../tool/tool.csproj"), ("Arguments", "@{out}/p.txt"))
            .Promise("p", "p.txt", ("CopyToOutputDirectory", "IfDifferent")));
        Write("app/app.csproj",
            ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj").Reference("../sub/sub.lnproj").Reference("../prog/prog.lnproj"));
        Write("app/Program.cs", "System.Console.WriteLine(1);");
        Write("S.slnx", """
            <Solution>
              <Project Path="app/app.csproj" />
              <Project Path="data/data.lnproj" Type="Common C#" />
              <Project Path="sub/sub.lnproj" Type="Common C#" />
              <Project Path="prog/prog.lnproj" Type="Common C#" />
            </Solution>
            """);
    }

    [Fact]
    public void Give_one_choice_of_each_stage()
    {
        Succeed("build", "S.slnx", "-tl:off");
        var first = Model();

        // Another run, which the lock file does not pin; and a name that the others do not have.
        Succeed("build", "data", "-tl:off", "-t:LightnixRun", "-p:LightnixStages=m", "-p:LightnixUseLockFile=false");
        var pins = Read("data/lightnix.lock.json");
        var update = Succeed("build", "app", "-tl:off", "-warnaserror", "-p:LightnixUpdate=m");
        Assert.True(update.Says("'m' is no stage of prog; another project of this build may have it")
            && update.Says("wrote lightnix.lock.json: r"), update.ToString());
        var second = Model();
        Assert.NotEqual(first, second);
        Succeed("build", "S.slnx", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.Equal(second, Model());

        // The older pin comes back, and goes again: in an isolated graph, and with names that say their project.
        Write("data/lightnix.lock.json", pins);
        Succeed("build", "S.slnx", "-tl:off", "-p:LightnixUpdate=r");
        Assert.Equal(first, Model());
        Succeed("build", "app", "-tl:off", "-graph", "-isolate", "--no-restore", "-p:LightnixUpdate=*");
        Assert.Equal(second, Model());
        Write("data/lightnix.lock.json", pins);
        Succeed("build", "S.slnx", "-tl:off", "-warnaserror", "-p:LightnixUpdate=data:m sub:r", "-p:LightnixStages=m p sub:r");
        Assert.Equal(second, Model());
        Assert.Equal(2, Lines("runs"));

        // What is said to one project, and is wrong there; and what probably is, below another.
        var alone = Fail("build", "data", "-tl:off", "-p:LightnixUpdate=r");
        Assert.Equal("LNX1003", Assert.Single(alone.Diagnostics).Code);
        var near = Succeed("build", "sub", "-tl:off", "-p:LightnixUpdate=dat:m m");
        Assert.Equal(
            "LightnixUpdate: no project is called 'dat'. Did you mean 'data:m'? A project is called by its file name without the ending. "
            + "Known: sub and data", Assert.Single(near.Diagnostics).Text);

        // Switches that mean nothing, also where the plugin would answer.
        var wrong = Fail("build", "app", "-tl:off", "-graph", "--no-restore", "-p:LightnixProjectCache=true", "-p:LightnixLockedMode=1",
            "-p:LightnixMaxParallel=ture");
        Assert.Equal(["LNX1016"], wrong.Diagnostics.Select(d => d.Code).Distinct());
        Assert.True(wrong.Says("LightnixLockedMode is '1'; it may be 'true' or 'false'") && wrong.Says("LightnixMaxParallel is 'ture'"),
            wrong.ToString());
    }

    string Model()
    {
        var copies = Copies.Select(c => Read($"app/bin/Debug/net10.0/{c}")).ToList();
        Assert.Single(copies.Distinct());
        return copies[0];
    }
}
