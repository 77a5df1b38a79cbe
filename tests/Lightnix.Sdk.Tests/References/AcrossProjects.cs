namespace Lightnix.Sdk;

/// <summary>Three data projects: <c>mid</c> reads <c>data</c>, and <c>top</c> reads both.</summary>
public sealed class AcrossProjects(AcrossProjects.Builds builds) : IClassFixture<AcrossProjects.Builds>
{
    [Fact]
    public void Are_checked_at_the_item_before_anything_runs()
    {
        var reported = Assert.Single(builds.Mistaken.Diagnostics);

        Assert.Equal(("LNX1005", "wrong.lnproj(4,5)"), (reported.Code, reported.Place));
        Assert.Contains("'@{data:split/trian.csv}' is not promised by 'data:split'", reported.Text, StringComparison.Ordinal);
        Assert.Equal(0, builds.RunsAfterMistake);
    }

    [Fact]
    public void Are_planned_together_and_run_nothing()
    {
        Assert.True(builds.Plan.Says("split: run") && builds.Plan.Says("it needs d:split, d:train-0_2, mid:b"), builds.Plan.ToString());
        Assert.Equal(0, builds.RunsAfterPlan);
        Assert.True(builds.PlanAfterEdit.Says("b: run, unless its inputs come out as they were")
            && builds.PlanAfterEdit.Says("it needs data:split"), builds.PlanAfterEdit.ToString());
    }

    [Fact]
    public void See_one_choice_below_the_name_of_its_project() => Assert.Equal(
        "A|A|0.1|0.2|data.split|data.train-0_1|data.train-0_2|0.2|d.split|d.train-0_2|mid.b",
        string.Join('|', builds.Top));

    [Fact]
    public void Are_built_whole_whatever_is_asked_of_the_last() =>
        Assert.True(builds.First.Ran("train-0_1") && builds.First.Ran("c"), builds.First.ToString());

    [Fact]
    public void Run_nothing_a_second_time_in_any_kind_of_build() => Assert.Equal((1, 1), builds.RunsAfterAll);

    [Fact]
    public void Answer_who_only_looks_from_the_last_build()
    {
        Assert.Equal("A", builds.Published);
        Assert.Empty(builds.Look.Diagnostics);
        Assert.Equal(["LNX5003"], builds.PublishWithoutStore.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Stop_at_an_input_that_comes_out_the_same() => Assert.Equal((2, 1), builds.RunsAfterEdit);

    [Fact]
    public void Have_a_hash_that_covers_the_others()
    {
        Assert.Matches("^[0-9a-f]{64}$", builds.Hash);
        Assert.NotEqual(builds.Hash, builds.HashAfterEdit);
    }

    public sealed class Builds : Playground
    {
        public Builds()
        {
            Write("p1/in.txt", "A\n");
            Write("p1/data.lnproj", Project("", $"""
                <Stage Include="split" Command="head -1 in.txt > @{"{out}"}/train.csv; echo x >> {PathOf("runs")}" />
                <Source Include="in.txt" Stage="split" />
                <Promise Include="train.csv" Stage="split" />
                <Stage Include="train" Command="echo @{"{params.rate}"} > @{"{out}"}/m.txt" Inputs="split" Matrix="rate=0.1,0.2" />
                <Promise Include="m.txt" Stage="train" />
                """));
            Write("p2/mid.lnproj", Project("""<ProjectReference Include="../p1/data.lnproj" />""", $"""
                <Stage Include="b"
                      Command="cat @{"{data:split/train.csv}"} @{"{data:train/m.txt}"} > @{"{out}"}/b.txt;
                               ls in >> @{"{out}"}/b.txt; echo x >> {PathOf("runs-of-b")}" />
                <Promise Include="b.txt" Stage="b" />
                """));
            Write("p3/top.lnproj", Project("""
                <ProjectReference Include="../p1/data.lnproj" Name="d" /><ProjectReference Include="../p2/mid.lnproj" />
                """, $"""
                <Stage Include="c"
                      Command="cat @{"{d:split/train.csv}"} @{"{mid:b/b.txt}"} @{"{d:train[rate=0.2]/m.txt}"} > @{"{out}"}/c.txt;
                               ls in >> @{"{out}"}/c.txt" />
                <Promise Include="c.txt" Stage="c" CopyToPublishDirectory="IfDifferent" />
                """));
            Write("p4/wrong.lnproj", Project("""<ProjectReference Include="../p1/data.lnproj" />""",
                $"""<Stage Include="c" Command="cat @{"{data:split/trian.csv}"}" />"""));

            Mistaken = Fail("build", "p4/wrong.lnproj", "-tl:off");
            RunsAfterMistake = Lines("runs");
            Plan = Succeed("msbuild", "p3/top.lnproj", "-t:LightnixPlan", "-tl:off", "-v:m");
            RunsAfterPlan = Lines("runs");
            First = Succeed("build", "p3/top.lnproj", "-tl:off", "-p:LightnixStages=c");
            Top = File.ReadAllLines(PathOf("p3", "bin", "c", "c.txt"));
            Hash = HashOf("p3/top.lnproj");

            Succeed("publish", "p3/top.lnproj", "-tl:off", "--no-build", "-o", "published");
            Published = File.ReadLines(PathOf("published", "c.txt")).First();
            Look = Succeed("msbuild", "p3/top.lnproj", "-tl:off", "-t:Build;LightnixPlan;LightnixHash", "-p:DesignTimeBuild=true",
                "-p:BuildProjectReferences=false");
            PublishWithoutStore = Fail("publish", "p3/top.lnproj", "-tl:off", "--no-build", $"-p:LightnixStore={PathOf("no-store")}");

            Succeed("build", "p3/top.lnproj", "-tl:off", "-graph", "-isolate", "--no-restore", "-p:LightnixStages=c");
            Succeed("msbuild", "p3/top.lnproj", "-tl:off", "-mt", "-t:Rebuild;Publish;Pack;VSTest");
            // Results caches, between jobs say: a plain build has all the answers that others ask for.
            Succeed("msbuild", "p1/data.lnproj", "-tl:off", "-isolate", $"-outputResultsCache:{PathOf("p1.cache")}");
            Succeed("msbuild", "p2/mid.lnproj", "-tl:off", "-isolate", $"-inputResultsCaches:{PathOf("p1.cache")}",
                $"-outputResultsCache:{PathOf("p2.cache")}");
            Succeed("msbuild", "p3/top.lnproj", "-tl:off", "-isolate", $"-inputResultsCaches:{PathOf("p1.cache")};{PathOf("p2.cache")}");
            RunsAfterAll = (Lines("runs"), Lines("runs-of-b"));

            Write("p1/in.txt", "A\nmore\n");
            PlanAfterEdit = Succeed("msbuild", "p2/mid.lnproj", "-t:LightnixPlan", "-tl:off", "-v:m");
            HashAfterEdit = HashOf("p3/top.lnproj");
            Succeed("build", "p3/top.lnproj", "-tl:off", "-m:1");
            RunsAfterEdit = (Lines("runs"), Lines("runs-of-b"));
        }

        public BuildOutput Mistaken { get; }

        public int RunsAfterMistake { get; }

        public BuildOutput Plan { get; }

        public int RunsAfterPlan { get; }

        public BuildOutput First { get; }

        public string[] Top { get; }

        public string Hash { get; }

        public string Published { get; }

        public BuildOutput Look { get; }

        public BuildOutput PublishWithoutStore { get; }

        public (int Split, int B) RunsAfterAll { get; }

        public BuildOutput PlanAfterEdit { get; }

        public string HashAfterEdit { get; }

        public (int Split, int B) RunsAfterEdit { get; }

        // Beside it may be what dotnet has to say of its workloads.
        string HashOf(string project) =>
            Succeed("msbuild", project, "-t:LightnixHash", "-getProperty:LightnixClosureHash").Text.Split('\n').Select(l => l.Trim())
                .Single(l => l.Length == 64);

        static string Project(string references, string stages) => $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                {references}
                {stages}
              </ItemGroup>
            </Project>
            """;
    }
}
