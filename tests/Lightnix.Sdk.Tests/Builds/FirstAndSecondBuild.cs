namespace Lightnix.Sdk;

/// <summary>Three shell stages, built in all the ways there are.</summary>
public sealed class FirstAndSecondBuild(FirstAndSecondBuild.Builds builds) : IClassFixture<FirstAndSecondBuild.Builds>
{
    [Fact]
    public void The_first_build_runs_every_stage_and_links_its_result()
    {
        Assert.All(["words", "count", "report"], stage => Assert.True(builds.First.Ran(stage), builds.First.ToString()));
        Assert.Equal("3 words\n", builds.Report);
    }

    [Fact]
    public void The_second_build_runs_nothing_and_says_so_in_a_line_or_two()
    {
        Assert.True(builds.Second.Says("3 stages: all reused, nothing to run"), builds.Second.ToString());
        Assert.DoesNotContain("replicate", builds.Second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_builder_ran_once_in_all_of_them() => Assert.Equal(1, builds.RunsOfCount);

    [Fact]
    public void The_projects_line_leads_to_the_links() =>
        Assert.Contains($"data -> {builds.PathOf("data", "bin")}{Path.DirectorySeparatorChar}", builds.Second.Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_rebuild_runs_nothing()
    {
        Assert.True(builds.Rebuild.Says("nothing to run"), builds.Rebuild.ToString());
        Assert.True(builds.LinksAfterRebuild);
    }

    [Fact]
    public void Clean_removes_links_and_intermediate_files_and_keeps_the_store()
    {
        Assert.False(builds.LinksAfterClean);
        Assert.False(builds.IntermediateAfterClean);
        Assert.Equal("kept\n", builds.Read("data/bin/mine.txt"));
    }

    [Fact]
    public void Building_after_clean_runs_nothing() => Assert.True(builds.AfterClean.Says("nothing to run"), builds.AfterClean.ToString());

    [Fact]
    public void The_hash_is_one_line_and_the_same_in_another_folder()
    {
        Assert.Matches("^[0-9a-f]{64}$", builds.Hash);
        Assert.Equal(builds.Hash, builds.HashElsewhere);
    }

    [Fact]
    public void A_plan_says_what_would_run_and_why_and_runs_nothing()
    {
        Assert.True(builds.Plan.Says("plan of 3 stages: 1 reused (words)"), builds.Plan.ToString());
        Assert.True(builds.Plan.Says("count: run"), builds.Plan.ToString());
    }

    [Fact]
    public void Only_requested_stages_and_their_inputs_are_built()
    {
        Assert.True(builds.Requested.Ran("count"), builds.Requested.ToString());
        Assert.False(builds.Requested.Ran("report"), builds.Requested.ToString());
    }

    [Fact]
    public void A_design_time_build_runs_nothing() => Assert.False(builds.StoreAfterDesignTime);

    /// <summary>The builds, in order; facts look at what they left.</summary>
    public sealed class Builds : Playground
    {
        const string Recipe = "wc -w < @{words/words.txt} | tr -d ' ' > @{out}/count.txt";

        public Builds()
        {
            var counter = PathOf("counter");
            Write("data/words.txt", "one two three\n");
            Write("data/data.lnproj", Project($"echo x >> {counter}; {Recipe}"));

            Succeed("msbuild", "data/data.lnproj", "-t:LightnixRealize;GetTargetFrameworks;GetCopyToOutputDirectoryItems;CompileDesignTime",
                "-p:DesignTimeBuild=true");
            StoreAfterDesignTime = Has("store") || Has("counter");

            First = Build();
            Report = Has("data/bin/report/report.txt") ? Read("data/bin/report/report.txt") : "";
            Second = Build();
            Rebuild = Build("-t:Rebuild");
            LinksAfterRebuild = Has("data/bin/report/report.txt");

            Write("data/bin/mine.txt", "kept\n");
            Succeed("clean", "data/data.lnproj", "-tl:off");
            LinksAfterClean = Has("data/bin/report") || Has("data/bin/words");
            IntermediateAfterClean = Has("data/obj/lightnix");
            AfterClean = Build();

            Hash = Succeed("msbuild", "data/data.lnproj", "-t:LightnixHash", "-getProperty:LightnixClosureHash").Text.Split('\n')[1].Trim();
            Write("elsewhere/deeper/words.txt", "one two three\n");
            Write("elsewhere/deeper/data.lnproj", Read("data/data.lnproj"));
            HashElsewhere = Succeed("msbuild", "elsewhere/deeper/data.lnproj", "-t:LightnixHash",
                "-getProperty:LightnixClosureHash").Text.Split('\n')[1].Trim();

            Write("data/data.lnproj", Project($"echo x >> {counter}; cat @{{words/words.txt}} > /dev/null; {Recipe}"));
            Plan = Succeed("msbuild", "data/data.lnproj", "-t:LightnixPlan", "-tl:off", "-v:m");
            RunsOfCount = Lines("counter");
            Requested = Build("-p:LightnixStages=count words");
        }

        /// <summary>After two builds, a rebuild, a clean, another build and a plan.</summary>
        public int RunsOfCount { get; }

        public BuildOutput First { get; }

        public string Report { get; }

        public BuildOutput Second { get; }

        public BuildOutput Rebuild { get; }

        public bool LinksAfterRebuild { get; }

        public bool LinksAfterClean { get; }

        public bool IntermediateAfterClean { get; }

        public BuildOutput AfterClean { get; }

        public string Hash { get; }

        public string HashElsewhere { get; }

        public BuildOutput Plan { get; }

        public BuildOutput Requested { get; }

        public bool StoreAfterDesignTime { get; }

        static string Project(string command) => $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="words" Path="words.txt" />
                <Stage Include="count" Command="{{command.Replace("<", "&lt;", StringComparison.Ordinal)}}" />
                <Stage Include="report" Command="sed 's/$/ words/' @{count/count.txt} > @{out}/report.txt" />
                <Promise Include="words.txt" Stage="words" />
                <Promise Include="count.txt" Stage="count" Type="Number" Min="1" />
                <Promise Include="report.txt" Stage="report" />
              </ItemGroup>
            </Project>
            """;

        BuildOutput Build(params string[] arguments) => Succeed(["build", "data/data.lnproj", "-tl:off", .. arguments]);
    }
}
