namespace Lightnix.Sdk;

/// <summary>
/// A solution as teams have it: an app of two frameworks, a library between it and a data project that reads another one, and a trainer
/// that shares code
/// with the app.
/// </summary>
public sealed class ReferencesBothWays(ReferencesBothWays.Builds builds) : IClassFixture<ReferencesBothWays.Builds>
{
    static readonly string[] Copied =
        ["1/n.txt", "2/n.txt", "models/the.txt", "plots/one.txt", "report.txt", "sweep-1/r.txt", "swept/2.txt"];

    [Fact]
    public void Put_promised_files_in_the_output_of_each_framework_and_run_once()
    {
        Assert.Equal(Copied, builds.First);
        Assert.Equal(Copied, builds.FirstOfOther);
        Assert.Equal((1, 1), builds.RunsAfterFirst);
        Assert.Equal("shared", builds.Trained);
    }

    [Fact]
    public void Copy_nothing_when_nothing_changed() => Assert.DoesNotMatch(@"Copying file .*\.txt", builds.Null.Text);

    [Fact]
    public void Follow_a_result_forward_and_back()
    {
        Assert.Equal(("B\n", "B"), builds.AfterEdit);
        Assert.Equal(("A\n", "A"), builds.AfterReturn);
        Assert.Equal((2, 2), builds.RunsAfterReturn);
    }

    [Fact]
    public void Publish_what_was_built_and_what_is_published_only()
    {
        Assert.Equal([.. Copied.Append("t.txt").Except(["report.txt"]).Order(StringComparer.Ordinal)], builds.Published);
        Assert.Equal(["report.txt"], builds.PublishedInAGraph);
    }

    [Fact]
    public void Run_nothing_when_they_are_cleaned_rebuilt_tested_packed_or_looked_at()
    {
        Assert.Equal((2, 2), builds.RunsAtTheEnd);
        Assert.False(builds.LinksAfterClean);
        Assert.False(builds.LinksAfterLook);
    }

    [Fact]
    public void Ask_for_the_framework_of_a_program_that_has_several()
    {
        var reported = Assert.Single(builds.WithoutFramework.Diagnostics);

        Assert.Equal(("LNX1015", "data.lnproj"), (reported.Code, reported.File));
        Assert.EndsWith(
            "has the target frameworks net10.0 and net10.0-windows, and one of them must be built; say which with "
            + "ProgramFramework=\"net10.0-windows\"", reported.Text, StringComparison.Ordinal);
    }

    public sealed class Builds : Playground
    {
        const string Frameworks = "net10.0;net10.0-windows";

        public Builds()
        {
            WriteProjects();
            Succeed("build", "all.slnx", "-tl:off");
            (First, FirstOfOther) = (Texts("app/bin/Debug/net10.0"), Texts("app/bin/Debug/net10.0-windows"));
            RunsAfterFirst = Runs;
            Trained = Read("data/bin/trained/t.txt");
            Null = Succeed("build", "app", "-tl:off", "--no-restore", "-v:n");

            Write("data/input.txt", "B\n");
            Succeed("build", "app", "-tl:off", "--no-restore", "-graph", "-isolate");
            AfterEdit = Seen;
            Write("data/input.txt", "A\n");
            Succeed("build", "app", "-tl:off", "--no-restore", "-mt");
            AfterReturn = Seen;
            RunsAfterReturn = Runs;

            Succeed("publish", "app", "-tl:off", "--no-build", "-c", "Debug", "-f", "net10.0", "-o", "published");
            Published = Texts("published");
            // In one process: .NET does not declare what publishing asks of references, and answers that no target declared stay where they
            // were given.
            Succeed("msbuild", "library", "-tl:off", "-graph", "-isolate", "-m:1", "-t:Publish", $"-p:PublishDir={PathOf("published2")}/");
            PublishedInAGraph = Texts("published2");

            Succeed("msbuild", "app", "-tl:off", "-graph", "-isolate", "-t:Rebuild");
            Succeed("msbuild", "all.slnx", "-tl:off", "-t:VSTest;Pack");
            Succeed("msbuild", "app", "-tl:off", "-graph", "-isolate", "-t:Clean");
            LinksAfterClean = Has("data/bin/model");
            // As an IDE asks when it opens the solution.
            Succeed("msbuild", "app", "-tl:off", "-t:ResolveProjectReferences;ResolveAssemblyReferences;CoreCompile",
                "-p:TargetFramework=net10.0", "-p:DesignTimeBuild=true",
                "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
            LinksAfterLook = Has("data/bin/model");
            RunsAtTheEnd = Runs;

            Write("data/data.lnproj", Read("data/data.lnproj").Replace(" ProgramFramework=\"net10.0\"", "", StringComparison.Ordinal));
            WithoutFramework = Fail("build", "data/data.lnproj", "-tl:off", "--no-restore");
        }

        public string[] First { get; }

        public string[] FirstOfOther { get; }

        public (int Model, int Report) RunsAfterFirst { get; }

        public string Trained { get; }

        public BuildOutput Null { get; }

        public (string Model, string Report) AfterEdit { get; }

        public (string Model, string Report) AfterReturn { get; }

        public (int Model, int Report) RunsAfterReturn { get; }

        public string[] Published { get; }

        public string[] PublishedInAGraph { get; }

        public bool LinksAfterClean { get; }

        public bool LinksAfterLook { get; }

        public (int Model, int Report) RunsAtTheEnd { get; }

        public BuildOutput WithoutFramework { get; }

        (int, int) Runs => (Lines("runs"), Lines("runs-of-report"));

        (string, string) Seen =>
            (Read("app/bin/Debug/net10.0/models/the.txt"), File.ReadLines(PathOf("app", "bin", "Debug", "net10.0", "report.txt")).First());

        string[] Texts(string folder) =>
            [.. Directory.GetFiles(PathOf(folder.Split('/')), "*.txt", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(PathOf(folder.Split('/')), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        void WriteProjects()
        {
            // A second framework that needs nothing but what the SDK brings.
            Write("Directory.Build.props", """
                <Project><PropertyGroup>
                  <EnableWindowsTargeting>true</EnableWindowsTargeting>
                  <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                </PropertyGroup></Project>
                """);
            Write("shared/Shared.csproj", Several(ProjectCreator.CSharp()));
            Write("shared/Shared.cs", """public static class Shared { public static string Text => "shared"; }""");
            Write("trainer/Trainer.csproj", Several(ProjectCreator.CSharp("Exe")).Reference("../shared/Shared.csproj"));
            Write("trainer/Program.cs", """System.IO.File.WriteAllText(args[0] + "/t.txt", Shared.Text);""");
            Write("data/input.txt", "A\n");
            Write("data/data.lnproj", ProjectCreator.Lightnix()
                .Item("Source", "input.txt", ("Stage", "model;many"))
                .Stage("model",
                    "cp input.txt @{out}/model.txt; cp input.txt @{out}/private.txt; mkdir @{out}/plots; cp input.txt "
                    + $"@{{out}}/plots/one.txt; echo x >> {PathOf("runs")}", "private.txt")
                .Promise("model", "model.txt", ("CopyToOutputDirectory", "PreserveNewest"), ("Link", "models/the.txt"))
                .Promise("model", "plots", ("CopyToOutputDirectory", "IfDifferent"))
                .Item("Stage", "many", ("Command", "echo @{seed} > @{out}/n.txt"))
                .Promise("many", "n.txt", ("CopyToOutputDirectory", "IfDifferent"))
                .Item("Matcher", "many", ("Take", "2"))
                .Item("Stage", "sweep", ("Command", "echo @{params.r} > @{out}/r.txt"), ("Matrix", "r=1,2"))
                .Promise("sweep[r=1]", "r.txt", ("CopyToOutputDirectory", "IfDifferent"))
                .Promise("sweep[r=2]", "r.txt", ("CopyToOutputDirectory", "IfDifferent"), ("Link", "swept/@{params.r}.txt"))
                .Item("Stage", "trained", ("Program", "../trainer/Trainer.csproj"), ("Arguments", "@{out}"),
                    ("ProgramFramework", "net10.0"))
                .Promise("trained", "t.txt", ("CopyToPublishDirectory", "IfDifferent")));
            Write("mid/mid.lnproj", ProjectCreator.Lightnix()
                .Reference("../data/data.lnproj")
                .Item("Stage", "report",
                    ("Command", "cat @{data:model/model.txt} @{data:many/n.txt} @{data:sweep/r.txt} > @{out}/report.txt; echo x "
                    + $">> {PathOf("runs-of-report")}"))
                .Promise("report", "report.txt", ("CopyToOutputDirectory", "IfDifferent")));
            Write("library/library.csproj", ProjectCreator.CSharp().Reference("../mid/mid.lnproj"));
            Write("app/app.csproj", Several(ProjectCreator.CSharp("Exe")).Reference("../library/library.csproj")
                .Reference("../data/data.lnproj").Reference("../shared/Shared.csproj"));
            Write("app/Program.cs", "System.Console.WriteLine(Shared.Text);");
            Write("all.slnx", """
                <Solution>
                  <Project Path="app/app.csproj" /><Project Path="library/library.csproj" /><Project Path="trainer/Trainer.csproj" />
                  <Project Path="shared/Shared.csproj" />
                  <Project Path="data/data.lnproj" Type="Common C#" /><Project Path="mid/mid.lnproj" Type="Common C#" />
                </Solution>
                """);
        }

        static ProjectCreator Several(ProjectCreator project) =>
            project.Property("TargetFramework", "").Property("TargetFrameworks", Frameworks);
    }
}
