namespace Lightnix.Sdk;

/// <summary>What Visual Studio and others ask of a data project that they only look at, under either name of it.</summary>
public sealed class InAnIde(InAnIde.Builds builds) : IClassFixture<InAnIde.Builds>
{
    /// <summary>What the project system of Visual Studio calls, or has called by the targets that it brings.</summary>
    static readonly string[] Asked =
    [
        "CompileDesignTime", "DesignTimeMarkupCompilation", "GenerateAssemblyInfo", "CollectAvailableItemTypes", "GetSuggestedWorkloads",
        "CollectPackageReferences", "CollectPackageDownloads", "CollectFrameworkReferences", "_IsProjectRestoreSupported",
            "_GenerateRestoreProjectPathWalk",
        "ResolveProjectReferences", "ResolveProjectReferencesDesignTime", "ResolveAssemblyReferences",
            "ResolveAssemblyReferencesDesignTime", "ResolveComReferencesDesignTime",
        "PrepareResourceNames", "ComputeIntermediateSatelliteAssemblies", "_GetCopyToOutputDirectoryItemsFromThisProject",
        "GetTargetPath", "GetTargetFrameworks", "GetTargetFrameworksWithPlatformForSingleTargetFramework",
            "GetTargetPathWithTargetPlatformMoniker", "GetNativeManifest",
        "GetCopyToOutputDirectoryItems", "GetCopyToPublishDirectoryItems", "GetLightnixArtifacts", "GetLightnixPromises",
        "BuiltProjectOutputGroup", "DebugSymbolsProjectOutputGroup", "SourceFilesProjectOutputGroup", "ContentFilesProjectOutputGroup",
    ];

    static readonly string[] AsAnIde =
        ["-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true",
            "-p:ProvideCommandLineArgs=true"];

    [Fact]
    public void Every_target_answers_and_runs_nothing()
    {
        Assert.Empty(builds.Sweep.Diagnostics);
        Assert.Equal(0, builds.RunsAfterSweep);
        Assert.False(builds.StoreAfterSweep);
    }

    [Fact]
    public void The_answer_is_that_of_the_last_build()
    {
        Assert.True(builds.Answer.Says("/store/trees/") && builds.Answer.Says("\"TargetPath\": \"sub/model.txt\""),
            builds.Answer.ToString());
        Assert.True(builds.AnswerWithoutStore.Says("\"GetCopyToOutputDirectoryItems\"") && !builds.AnswerWithoutStore.Says("model.txt"),
            builds.AnswerWithoutStore.ToString());
    }

    [Fact]
    public void What_a_project_can_and_what_changes_it_are_declared()
    {
        Assert.All(["\"Lightnix\"", "\"ProjectReferences\"", "\"DeclaredSourceItems\""],
            capability => Assert.True(builds.Declared.Says(capability), builds.Declared.ToString()));
        Assert.All(["input.txt", "/lightnix/built"], file => Assert.True(builds.Declared.Says(file), builds.Declared.ToString()));
        Assert.True(builds.HasMark);
        // What Roslyn takes for C#, because of its name, needs no Main.
        Assert.True(builds.Declared.Says("\"OutputType\": \"Library\""), builds.Declared.ToString());
    }

    [Fact]
    public void A_data_project_may_be_called_csproj()
    {
        Assert.Equal("model", builds.Read("app/bin/Debug/net10.0/sub/model.txt"));
        Assert.Equal(1, builds.Lines("runs"));
        Assert.Equal("1\n", builds.Read("report/bin/report/r.txt"));
        Assert.Contains("data.csproj", builds.Read("all.slnx"), StringComparison.Ordinal);
        Assert.Empty(builds.Solution.Diagnostics);
        // Who looks for all projects below a folder finds those that are some.
        Assert.Equal(["app.csproj", "data.csproj", "report.lnproj"],
            Directory.EnumerateFiles(builds.Root, "*proj", SearchOption.AllDirectories).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    /// <summary>The builds, in order; facts look at what they left.</summary>
    public sealed class Builds : Playground
    {
        public Builds()
        {
            // The name that every IDE opens: C# Dev Kit loads no other.
            Write("data/data.csproj", ProjectCreator.Lightnix()
                .Item("Source", "input.txt")
                .Stage("model", $"printf model > @{{out}}/model.txt; echo x >> {PathOf("runs")}")
                .Promise("model", "model.txt", ("CopyToOutputDirectory", "IfDifferent"), ("Link", "sub/model.txt")));
            Write("data/input.txt", "");
            Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.csproj"));
            Write("app/Program.cs", "System.Console.WriteLine(1);");
            Write("report/report.lnproj",
                ProjectCreator.Lightnix().Reference("../data/data.csproj").Stage("report", "echo 1 > @{out}/r.txt", "r.txt"));
            Write("all.slnx", "<Solution />");

            Sweep = Succeed(["msbuild", "data", $"-t:{string.Join(';', Asked)}", "-tl:off", .. AsAnIde]);
            (RunsAfterSweep, StoreAfterSweep) = (Lines("runs"), Has("store"));

            Succeed("sln", "all.slnx", "add", "data", "app", "report/report.lnproj");
            Solution = Succeed("build", "all.slnx", "-tl:off");
            Succeed("build", "app", "-tl:off", "--no-restore", "-graph", "-isolate");

            Answer = Succeed(["msbuild", "data", "-getTargetResult:GetCopyToOutputDirectoryItems", .. AsAnIde]);
            AnswerWithoutStore = Succeed(["msbuild", "data", "-getTargetResult:GetCopyToOutputDirectoryItems",
                $"-p:LightnixStore={PathOf("gone")}", .. AsAnIde]);
            Succeed("build", "data", "-tl:off", "--no-restore", "-p:DisableFastUpToDateCheck=false");
            HasMark = Has("data/obj/lightnix/built");
            Declared = Succeed("msbuild", "data", "-getItem:ProjectCapability,UpToDateCheckInput,UpToDateCheckOutput",
                "-getProperty:OutputType", "-p:DisableFastUpToDateCheck=false");
        }

        public BuildOutput Sweep { get; }

        public int RunsAfterSweep { get; }

        public bool StoreAfterSweep { get; }

        public BuildOutput Solution { get; }

        public BuildOutput Answer { get; }

        public BuildOutput AnswerWithoutStore { get; }

        public BuildOutput Declared { get; }

        public bool HasMark { get; }
    }
}
