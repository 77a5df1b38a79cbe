namespace Lightnix.Sdk;

/// <summary>The project cache in graph builds: a data project, one that reads it with a program, and an app that references both.</summary>
public sealed class AnswersForWholeProjects : Playground
{
    const string Hit = " -> Cache Hit";

    public AnswersForWholeProjects()
    {
        Write("Directory.Build.props",
            "<Project><PropertyGroup><LightnixProjectCache Condition=\"'$(LightnixProjectCache)' == "
            + "''\">true</LightnixProjectCache></PropertyGroup></Project>");
        Write("data/input.txt", "A");
        Write("data/data.lnproj", Data(""));
        Write("mid/mid.lnproj", ProjectCreator.Lightnix()
            .Reference("../data/data.lnproj")
            .Item("Stage", "b", ("Program", "../tool/tool.csproj"), ("Arguments", "@{data:model/model.txt} @{out}/b.txt"))
            .Promise("b", "b.txt", ("CopyToOutputDirectory", "IfDifferent")));
        Write("tool/tool.csproj", ProjectCreator.CSharp("Exe"));
        Tool("one");
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../mid/mid.lnproj").Reference("../data/data.lnproj"));
        Write("app/Program.cs", "System.Console.WriteLine(1);");
    }

    [Fact]
    public void Are_given_where_nothing_would_run_and_only_there()
    {
        Succeed("restore", "app");
        var first = Graph();
        Assert.True(first.Ran("model") && first.Ran("b") && !first.Says(Hit), first.ToString());

        var second = Answered("mid", "-isolate");
        Assert.True(second.Says($"data{Hit}"), second.ToString());
        Assert.True(second.Says("1 stage: all reused, nothing to run"), second.ToString());

        // Links and copies that somebody removed come back.
        foreach (var folder in new[] { "data/bin", "mid/bin", "app/bin" })
            Folder.Delete(PathOf(folder.Split('/')));
        Answered("mid");
        Assert.Equal(("A", "A one", "A one"),
            (Read("data/bin/model/model.txt"), Read("mid/bin/b/b.txt"), Read("app/bin/Debug/net10.0/b.txt")));

        // A program that was edited, which this very build compiles.
        Tool("two");
        var edited = Graph();
        Assert.True(edited.Says($"data{Hit}") && !edited.Says($"mid{Hit}") && edited.Ran("b"), edited.ToString());
        Assert.Equal("A two", Read("app/bin/Debug/net10.0/b.txt"));

        // A source: all below it is built; and back, and nothing is.
        Write("data/input.txt", "B");
        Assert.False(Graph().Says(Hit));
        Write("data/input.txt", "A");
        Answered("mid");
        Assert.Equal("A two", Read("app/bin/Debug/net10.0/b.txt"));

        // A promise that is broken now: MSBuild builds, and says so at its line.
        Write("data/data.lnproj", Data("", ("Type", "Number")));
        var broken = Fail("build", "app", "--no-restore", "-graph", "-tl:off");
        Assert.True(broken.Diagnostics.Any(d => d is { Code: "LNX2001", File: "data.lnproj" }) && !broken.Says(Hit), broken.ToString());

        // Files that the app has as items of its own: MSBuild builds, and runs nothing.
        Write("data/data.lnproj", Data("", ("OutputItemType", "AdditionalFiles")));
        var items = Graph("-isolate");
        Assert.True(!items.Says(Hit) && items.Says("1 stage: all reused, nothing to run"), items.ToString());

        // Somebody's own target is not left out.
        Write("data/data.lnproj",
            Data("<Target Name=\"Mine\" AfterTargets=\"Build\"><Message Importance=\"High\" Text=\"mine ran\" /></Target>"));
        var own = Graph();
        Assert.True(own.Says("mine ran") && !own.Says(Hit), own.ToString());
        Assert.Equal(2, Lines("runs"));
    }

    [Fact]
    public void Are_those_of_a_build()
    {
        string[] targets =
        [
            "Build", "GetTargetFrameworks", "GetTargetFrameworksWithPlatformForSingleTargetFramework", "GetTargetPath", "GetNativeManifest",
                "GetLightnixStages", "GetLightnixDeclarations",
            "GetLightnixFiles", "GetCopyToOutputDirectoryItems", "GetCopyToPublishDirectoryItems",
        ];
        string[] metadata =
        [
            "HasSingleTargetFramework", "IsRidAgnostic", "Platforms", "LightnixHasStages", "Stage", "TargetPath", "Link",
                "CopyToOutputDirectory", "CopyToPublishDirectory", "OutputItemType", "Project", "Axes", "Promises",
            "Plural", "Store", "Derivation", "Resolved", "Realizations", "Trees", "Rules", "MSBuildSourceProjectFile",
                "MSBuildSourceTargetName",
        ];
        Write("data/data.lnproj", Data("""
            <ItemGroup>
              <Stage Include="odd" Command="echo 1 > '@{out}/a %2541;b.txt'" Matrix="rate=0.1,0.2" />
              <Promise Include="a %2541%3Bb.txt" Stage="odd" CopyToPublishDirectory="IfDifferent" Link="%2525/@{params.rate};x.txt" />
            </ItemGroup>
            """));
        Write("ask.proj", $"""
            <Project DefaultTargets="Build">
              <ItemGroup>
                <ProjectReference Include="data/data.lnproj" />
                <Ask Include="{string.Join(';', targets)}" />
                <ProjectReferenceTargets Include="Build" Targets="@(Ask)" />
              </ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="data/data.lnproj" Targets="%(Ask.Identity)"><Output TaskParameter="TargetOutputs" ItemName="Told" />
                </MSBuild>
                <WriteLinesToFile File="$(Told)" Overwrite="true"
                      Lines="@(Told->'%(Identity)|{string.Join('|', metadata.Select(m => $"%({m})"))}')" />
              </Target>
            </Project>
            """);
        // Evaluation alone knows of no store.
        Succeed("msbuild", "data/data.lnproj", "-getItem:Stage", "-getItem:ProjectCachePlugin");
        Assert.False(Has("store") || Has("data/obj") || Has("data/bin"));
        Succeed("msbuild", "data/data.lnproj", "-tl:off");

        Assert.False(Ask("built", "false").Says(Hit));
        Assert.True(Ask("answered", "true").Says(Hit));

        Assert.Equal(Read("built"), Read("answered"));
        Assert.Equal(15, Lines("built"));

        BuildOutput Ask(string file, string cache) =>
            Succeed("msbuild", "ask.proj", "-graph", "-isolate", "-tl:off", $"-p:Told={PathOf(file)}", $"-p:LightnixProjectCache={cache}");
    }

    BuildOutput Graph(params string[] more) => Succeed(["build", "app", "--no-restore", "-graph", "-tl:off", "-v:n", .. more]);

    // Once, on a busy machine, the line was missing after a build that had nothing to run, and why is not known. So it is asked a second
    // time.
    BuildOutput Answered(string project, params string[] more)
    {
        var build = Graph(more);
        if (!build.Says($"{project}{Hit}"))
            build = Graph(more);
        Assert.True(build.Says($"{project}{Hit}"), build.ToString());
        return build;
    }

    void Tool(string word) =>
        Write("tool/Program.cs", $"System.IO.File.WriteAllText(args[1], System.IO.File.ReadAllText(args[0]) + \" {word}\");");

    string Data(string more, params (string Name, string Value)[] promised) => ProjectCreator.Lightnix()
        .Item("Source", "input.txt")
        .Stage("model", $"cat input.txt > @{{out}}/model.txt; echo x >> {PathOf("runs")}")
        .Promise("model", "model.txt", [("CopyToOutputDirectory", "IfDifferent"), .. promised])
        .Text.Replace("</Project>", $"{more}</Project>", StringComparison.Ordinal);
}
