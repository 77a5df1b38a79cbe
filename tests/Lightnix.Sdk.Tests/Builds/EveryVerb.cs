namespace Lightnix.Sdk;

/// <summary>
/// What the command line can say to a project: alone, in a solution of either format, and referenced by a C# project. One stage leaves a
/// mark whenever it
/// runs, and the store has a record of each run: both say that it ran once in all of this.
/// </summary>
public sealed class EveryVerb(VerbBuilds builds) : IClassFixture<VerbBuilds>
{
    [Fact]
    public void Succeeds_and_warns_of_nothing() => Assert.All(builds.Said, said =>
    {
        Assert.True(said.Output.ExitCode == 0, said.ToString());
        Assert.Empty(said.Output.Diagnostics);
        Assert.DoesNotContain("NU1503", said.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("MSB4057", said.Output.Text, StringComparison.Ordinal);
    });

    [Fact]
    public void Runs_nothing_before_the_first_build()
    {
        Assert.All(builds.Said.TakeWhile(s => !s.IsFirstBuild), said => Assert.True((said.Marks, said.Records) == (0, 0), said.ToString()));
        Assert.False(builds.StoreBefore);
    }

    [Fact]
    public void Runs_nothing_after_the_first_build()
    {
        var since = builds.Said.SkipWhile(s => !s.IsFirstBuild).ToList();
        Assert.True(since[0].Output.Ran("count"), since[0].ToString());
        // The import has a record too.
        Assert.All(since, said => Assert.True((said.Marks, said.Records) == (1, 2), said.ToString()));
        Assert.All(since.Skip(1), said => Assert.DoesNotContain(": replicate ", said.Output.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_solution_takes_a_target_of_one_project()
    {
        var plans = builds.Said.Where(s => s.Line.Contains(":LightnixPlan", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, plans.Count);
        Assert.All(plans, said => Assert.True(said.Output.Says("plan of 2 stages: all reused, nothing would run"), said.ToString()));
    }

    [Fact]
    public void Test_reports_each_promise_at_its_place()
    {
        var tests = builds.Said.Where(s => s.Line.StartsWith("test ", StringComparison.Ordinal)
            && !s.Line.Contains("app", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, tests.Count);
        Assert.All(tests, said => Assert.True(
            said.Output.Says("data.lnproj(6,5): promise 'words.txt' of 'words' is kept")
            && said.Output.Says("data.lnproj(7,5): promise 'count.txt' of 'count' is kept")
            && said.Output.Says("data: 2 promises, 2 kept, 0 not"), said.ToString()));
    }

    [Fact]
    public void Test_fails_where_a_promise_is_broken_and_builds_nothing_on_request()
    {
        var reported = Assert.Single(builds.BrokenTest.Diagnostics);
        Assert.Equal(("LNX2001", "data.lnproj(7,5)"), (reported.Code, reported.Place));
        Assert.True(builds.BrokenTest.Says("data: 2 promises, 1 kept, 1 not"), builds.BrokenTest.ToString());
    }

    [Fact]
    public void Test_in_a_terminal_counts_promises() =>
        Assert.Matches("Test summary: total: 2, failed: 0, .*succeeded: 2", builds.TerminalTest.Text);

    [Fact]
    public void The_other_test_mode_is_not_broken()
    {
        Assert.Empty(builds.OtherTestMode.Diagnostics);
        Assert.DoesNotContain("MSB4057", builds.OtherTestMode.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_says_nothing_of_data()
    {
        var quiet = builds.Said.Where(s => s.Line.Contains("-v:q", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, quiet.Count);
        Assert.All(quiet, said => Assert.DoesNotContain("data ->", said.Output.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_published_is_no_source_and_naming_it_is_reported()
    {
        Assert.True(builds.Has("data/publish/count.txt") && builds.Has("data/handed/count.txt")
            && builds.Has("data/artifacts/publish/data/count.txt"));
        var reported = Assert.Single(builds.NamedSource.Diagnostics);
        Assert.Equal(("LNX1017", "data.lnproj(5,5)"), (reported.Code, reported.Place));
        Assert.Contains("publish/count.txt", reported.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_says_that_there_is_nothing_to_run_and_package_add_that_there_are_no_packages() =>
        Assert.All([builds.Run, builds.PackageAdd], output =>
    {
        var reported = Assert.Single(output.Diagnostics);
        Assert.Equal(("LNX5004", "data.lnproj"), (reported.Code, reported.File));
    });

    [Fact]
    public void Question_fails_where_something_would_run_and_runs_nothing()
    {
        Assert.Equal([("LNX2014", "data.lnproj(3,5)"), ("LNX2014", "data.lnproj(4,5)")],
            builds.Question.Diagnostics.Select(d => (d.Code, d.Place)));
        Assert.Equal(1, builds.MarksAtTheEnd);
    }

    [Fact]
    public void Solutions_and_references_are_edited_by_the_command_line()
    {
        Assert.All(["new.slnx", "old.sln"], solution =>
        {
            Assert.Contains(builds.Said,
                s => s.Line == $"sln {solution} list" && s.Output.Says("lone.lnproj") && s.Output.Says("data.lnproj"));
            Assert.DoesNotContain("lone.lnproj", builds.Read(solution), StringComparison.Ordinal);
            Assert.Contains("data.lnproj", builds.Read(solution), StringComparison.Ordinal);
        });
        Assert.Contains(builds.Said, s => s.Line.StartsWith("reference list", StringComparison.Ordinal) && s.Output.Says("lone.lnproj"));
        Assert.DoesNotContain("lone.lnproj", builds.Read("app/app.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_json()
    {
        Assert.Contains(builds.Said,
            s => s.Line.Contains("-getItem:Stage", StringComparison.Ordinal) && s.Output.Says("\"Identity\": \"count\""));
        Assert.Contains(builds.Said, s => s.Line.Contains("-getTargetResult", StringComparison.Ordinal)
            && s.Output.Says("\"TargetPath\": \"count.txt\"") && s.Output.Says("\"Result\": \"Success\""));
    }

    [Fact]
    public void Publish_copies_and_pack_makes_nothing()
    {
        Assert.Equal("3\n", builds.Read("published/count.txt"));
        Assert.Empty(Directory.GetFiles(builds.PathOf("data"), "*.nupkg", SearchOption.AllDirectories));
        Assert.EndsWith("3", Assert.Single(builds.Said, s => s.Line == "run --project app").Output.Text.TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_folder_for_artifacts_holds_links_and_obj_of_each_project()
    {
        Assert.All(
            ["bin/data/count/count.txt", "bin/lone/count/count.txt", "obj/data/lightnix", "obj/lone/lightnix", "publish/data/count.txt",
                "bin/app/debug/count.txt"],
            path => Assert.True(builds.Has($"artifacts/{path}"), path));
        Assert.False(builds.LinksBesideArtifacts);
    }

    [Fact]
    public void Watch_realizes_again_after_an_edit() => Assert.Equal(2, builds.MarksAfterWatch);

    [Fact]
    public void Watch_runs_an_app_that_shares_a_library_with_a_program() =>
        Assert.True(builds.WatchedApp is { Old: true, New: true }, builds.WatchedApp.Text);
}
