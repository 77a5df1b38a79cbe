using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Promises tested as <c>dotnet test</c> tests them: against the last build, running nothing.</summary>
public sealed class TestPromisesTests
{
    const string Project = """
        <Project>
          <ItemGroup>
            <Stage Include="number" Command="echo 0.5 > @{out}/n.txt" />
            <Stage Include="another" Command="echo a > @{out}/a.txt" />
            <Promise Include="n.txt" Stage="number" Type="Number" Min="0.1" />
            <Promise Include="a.txt" Stage="another" Type="Text" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Each_is_reported_in_the_order_of_the_project()
    {
        using var project = Built();

        Assert.True(project.Task<TestPromises>().Execute(), project.Said);

        Assert.Equal(
            ["data.lnproj(5,5): promise 'n.txt' of 'number' is kept", "data.lnproj(6,5): promise 'a.txt' of 'another' is kept",
                "data: 2 promises, 2 kept, 0 not"],
            project.Engine.Shown);
        var counts = Assert.Single(project.Engine.Messages.OfType<ExtendedBuildMessageEventArgs>());
        Assert.Equal(("TLTESTFINISH", "2", "2", "0"),
            (counts.ExtendedType, counts.ExtendedMetadata!["total"], counts.ExtendedMetadata["passed"], counts.ExtendedMetadata["failed"]));
    }

    [Fact]
    public void A_broken_one_is_an_error_at_its_place_and_the_others_are_still_tested()
    {
        using var project = Built();
        project.Write("data.lnproj", Project.Replace("0.1", "0.9", StringComparison.Ordinal));
        var task = project.Task<TestPromises>();
        task.Promises[0].SetMetadata("Min", "0.9");

        Assert.False(task.Execute());

        Assert.Equal(("LNX2001", 5), Assert.Single(project.Engine.Errors.Select(e => (e.Code, e.LineNumber))));
        Assert.Contains("n.txt is 0.5, less than Min 0.9", project.Engine.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("data: 2 promises, 1 kept, 1 not", project.Engine.Shown);
    }

    [Fact]
    public void What_was_never_built_cannot_be_tested_and_nothing_is_made()
    {
        using var project = new TempProject(Project);

        Assert.False(project.Task<TestPromises>().Execute());

        Assert.Equal([("LNX5003", 5), ("LNX5003", 6)], project.Engine.Errors.Select(e => (e.Code, e.LineNumber)));
        Assert.Contains("data.lnproj(5,5): promise 'n.txt' of 'number' cannot be tested", project.Engine.Shown);
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "store")));
    }

    [Fact]
    public void An_older_choice_says_nothing_of_a_stage_that_failed_last()
    {
        using var project = Built();
        var failing = project.Task<RealizeStages>();
        failing.Stages.Single(s => s.ItemSpec == "number").SetMetadata("Command", "echo 0.7 > @{out}/other.txt");
        Assert.False(failing.Execute());
        project.Engine.Errors.Clear();

        Assert.False(project.Task<TestPromises>().Execute());

        var error = Assert.Single(project.Engine.Errors);
        Assert.Equal(("LNX2001", 5), (error.Code, error.LineNumber));
        Assert.Contains("n.txt is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_those_of_requested_stages()
    {
        using var project = Built();
        var task = project.Task<TestPromises>();
        task.Project.SetMetadata(nameof(ProjectDescription.Requested), "anoth*");

        Assert.True(task.Execute(), project.Said);

        Assert.Contains("data: 1 promise, 1 kept, 0 not", project.Engine.Shown);
    }

    [Fact]
    public void Asked_whether_all_is_up_to_date_a_build_runs_nothing()
    {
        using var project = new TempProject(Project);
        var question = project.Task<RealizeStages>();
        question.FailIfNotIncremental = true;

        Assert.False(question.Execute());

        Assert.Equal([("LNX2014", 3), ("LNX2014", 4)], project.Engine.Errors.Select(e => (e.Code, e.LineNumber)).Order());
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "store")));

        project.Task<RealizeStages>().Execute();
        project.Engine.Errors.Clear();
        var again = project.Task<RealizeStages>();
        again.FailIfNotIncremental = true;
        Assert.True(again.Execute(), project.Said);
    }

    [Fact]
    public void A_detailed_log_has_one_message_of_what_each_hash_is_made_of()
    {
        using var project = Built(clear: false);

        var reported = project.Engine.Messages.Where(m => m.Importance == MessageImportance.Low
            && m.Message!.StartsWith("number: ", StringComparison.Ordinal)).Select(m => m.Message!).ToList();

        Assert.Equal(2, reported.Count);
        Assert.Matches(
            "^number: derivation [0-9a-f]{64} is made of\n    name \\(.*\\): number\n    command \\(.*\\): echo 0.5 > @\\{out\\}/n.txt$",
            reported[0]);
        Assert.Matches("^number: resolved derivation [0-9a-f]{64} is made of\n    command .*\n    shell \\(.*\\): sh$", reported[1]);
    }

    static TempProject Built(bool clear = true)
    {
        var project = new TempProject(Project);
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        if (clear)
            project.Engine.Messages.Clear();
        return project;
    }
}
