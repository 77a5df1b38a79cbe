using System.Diagnostics;

namespace Lightnix.Tasks;

public sealed class RealizeStagesTests
{
    const string OneStage = """
        <Project>
          <ItemGroup>
            <Stage Include="number"
                   Command="printf '%02d\n' 7 > @{out}/n.txt; mkdir -p @{out}/more/in; echo 1 > @{out}/more/1; echo 2 > @{out}/more/in/2" />
            <Promise Include="n.txt" Stage="number" Type="Number" CopyToOutputDirectory="PreserveNewest" OutputItemType="Content"
                     Pack="true" PackagePath="a/m.txt" PackageCopyToOutput="true" />
            <Promise Include="more" Stage="number" CopyToPublishDirectory="Always" Link="extra" PackagePath="a; b/" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Promised_files_come_out_as_items()
    {
        using var project = new TempProject(OneStage);
        var task = project.Task<RealizeStages>();

        Assert.True(task.Execute(), project.Said);

        Assert.Equal(["extra/1", "extra/in/2", "n.txt"],
            task.Artifacts.Select(a => a.GetMetadata("TargetPath")).Order(StringComparer.Ordinal));
        var number = task.Artifacts.Single(a => a.GetMetadata("TargetPath") == "n.txt");
        // Other tools read what has an item type; what is only copied stays in the store.
        Assert.StartsWith(Path.Combine(project.Directory, "obj"), number.ItemSpec, StringComparison.Ordinal);
        Assert.Equal("07\n", File.ReadAllText(number.ItemSpec));
        Assert.Equal(("number", "IfDifferent", "IfDifferent", "Content"),
            (number.GetMetadata("Stage"), number.GetMetadata("CopyToOutputDirectory"), number.GetMetadata("CopyToPublishDirectory"),
            number.GetMetadata("OutputItemType")));
        var more = task.Artifacts.First(a => a.GetMetadata("TargetPath") == "extra/1");
        Assert.StartsWith(Path.Combine(project.Directory, "store"), more.ItemSpec, StringComparison.Ordinal);
        Assert.Equal(("", "Always"), (more.GetMetadata("CopyToOutputDirectory"), more.GetMetadata("CopyToPublishDirectory")));
        // What NuGet gets: a file is where it is said, a folder's files are below.
        Assert.Equal(("true", "a/m.txt", "true"),
            (number.GetMetadata("Pack"), number.GetMetadata("PackagePath"), number.GetMetadata("PackageCopyToOutput")));
        Assert.Equal("a/;b/", more.GetMetadata("PackagePath"));
        Assert.Equal("a/in/;b/in/", task.Artifacts.Single(a => a.GetMetadata("TargetPath") == "extra/in/2").GetMetadata("PackagePath"));
    }

    [Fact]
    public void What_cannot_be_cleaned_is_an_error_and_the_rest_is_cleaned()
    {
        using var project = new TempProject(OneStage);
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        var clean = new CleanLinks { BuildEngine = project.Engine, Project = project.Description() };
        var chattr = Path.Combine(project.Directory, "bin");
        if (!Try("+i"))
            return;
        try
        {
            Assert.False(clean.Execute());
        }
        finally
        {
            Try("-i");
        }

        Assert.Equal("LNX3003", Assert.Single(project.Engine.Errors).Code);
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "obj/lightnix/items/data.lnproj")));
        project.Engine.Errors.Clear();
        Assert.True(new CleanLinks { BuildEngine = project.Engine, Project = project.Description() }.Execute(), project.Said);
        Assert.Empty(Directory.GetFileSystemEntries(chattr));

        // Root's, where the file system knows it.
        bool Try(string flag)
        {
            using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"chattr {flag} \"$0\" 2>/dev/null", chattr]))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    [Fact]
    public void The_width_is_asked_of_MSBuild_once()
    {
        using var project = new TempProject(OneStage);
        var task = project.Task<RealizeStages>();
        task.Project.SetMetadata(nameof(ProjectDescription.MaxParallel), "7");

        task.Execute();

        Assert.Equal([7], project.Engine.CoresAsked);
    }

    [Fact]
    public void Runs_keep_their_cores_however_few_run_at_once()
    {
        using var project = new TempProject("""
            <Project><ItemGroup>
              <Stage Include="a" Command="echo @{cores} > @{out}/n" Cores="2" />
              <Promise Include="n" Stage="a" Type="Number" Min="2" />
            </ItemGroup></Project>
            """);
        var task = project.Task<RealizeStages>();
        task.Project.SetMetadata(nameof(ProjectDescription.MaxParallel), "1");

        Assert.True(task.Execute(), project.Said);

        Assert.Equal([2], project.Engine.CoresAsked);
    }

    [Fact]
    public void A_second_task_runs_nothing()
    {
        using var project = new TempProject(OneStage);
        project.Task<RealizeStages>().Execute();
        project.Engine.Messages.Clear();

        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);

        Assert.EndsWith("1 stage: all reused, nothing to run", Assert.Single(project.Engine.Shown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("locks")]
    [InlineData("roots")]
    public void A_store_that_cannot_be_written_is_an_error_and_no_stack_trace(string folder)
    {
        using var project = new TempProject(OneStage);
        project.Task<RealizeStages>().Execute();
        var store = Path.Combine(project.Directory, "store");
        // A choice that is not recorded yet, and a file where a folder was: that stops root too, whom permissions do not.
        Directory.Delete(Path.Combine(store, "roots"), recursive: true);
        Directory.CreateDirectory(Path.Combine(store, "roots"));
        Directory.Delete(Path.Combine(store, folder), recursive: true);
        File.WriteAllText(Path.Combine(store, folder), "");

        Assert.False(project.Task<RealizeStages>().Execute());

        Assert.Equal("LNX3003", Assert.Single(project.Engine.Errors).Code);
        Assert.Contains(store, project.Engine.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_is_an_error_at_its_place_with_a_link_to_its_page()
    {
        using var project = new TempProject(OneStage.Replace("@{out}/n.txt", "@{oat}/n.txt", StringComparison.Ordinal));

        Assert.False(project.Task<RealizeStages>().Execute());

        var error = Assert.Single(project.Engine.Errors);
        Assert.Equal(("LNX1003", project.File, 3, 5), (error.Code, error.File, error.LineNumber, error.ColumnNumber));
        Assert.StartsWith("file://", error.HelpLink, StringComparison.Ordinal);
        Assert.EndsWith("diagnostics.md#lnx1003", error.HelpLink, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_metadata_is_a_mistake_only_where_it_is_written()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Name Include="a" Colour="red" />
                <Stage Include="@(Name)" Command="echo 1 > @{out}/x" />
                <Stage Include="b" Command="echo 1 > @{out}/x" Comand="echo" />
              </ItemGroup>
            </Project>
            """);

        project.Task<RealizeStages>().Execute();

        Assert.Equal(("LNX1009", 5), Assert.Single(project.Engine.Errors.Select(e => (e.Code, e.LineNumber))));
    }

    [Fact]
    public void Inherited_metadata_stop_nothing()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Name Include="a" Colour="red" />
                <Stage Include="@(Name)" Command="echo 1 > @{out}/x" />
              </ItemGroup>
            </Project>
            """);

        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
    }

    [Fact]
    public void A_wildcard_in_a_promise_stops_the_build_and_other_mistakes_are_reported_with_it()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Promise Include="*.nothing" Stage="a" />
                <Stage Include="a" Command="cat @{ghost} > @{out}/x" />
              </ItemGroup>
            </Project>
            """);

        Assert.False(project.Task<RealizeStages>().Execute());

        Assert.Equal([("LNX1007", 3), ("LNX1003", 4)], project.Engine.Errors.Select(e => (e.Code, e.LineNumber)));
    }

    [Fact]
    public void Cancelling_ends_a_running_builder()
    {
        using var project = new TempProject("""<Project><ItemGroup><Stage Include="long" Command="sleep 60" /></ItemGroup></Project>""");
        var task = project.Task<RealizeStages>();
        var clock = Stopwatch.StartNew();
        using var timer = new Timer(_ => task.Cancel(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.False(task.Execute());

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        Assert.Empty(project.Engine.Errors);
    }

    [Fact]
    public void Links_move_with_their_folder()
    {
        using var project = new TempProject(OneStage);
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        project.Write("bin/mine", "kept");

        var moved = project.Task<RealizeStages>();
        moved.Project = project.Description("results/");
        Assert.True(moved.Execute(), project.Said);

        Assert.Equal(["mine"], Directory.GetFileSystemEntries(Path.Combine(project.Directory, "bin")).Select(Path.GetFileName));
        Assert.Equal("07\n", File.ReadAllText(Path.Combine(project.Directory, "results", "number", "n.txt")));

        var clean = new CleanLinks { BuildEngine = project.Engine, Project = project.Description("elsewhere") };
        Assert.True(clean.Execute());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(project.Directory, "results")));
    }

    [Fact]
    public void Links_are_made_and_cleaned()
    {
        using var project = new TempProject(OneStage);
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        Assert.Equal("07\n", File.ReadAllText(Path.Combine(project.Directory, "bin", "number", "n.txt")));

        var clean = new CleanLinks { BuildEngine = project.Engine, Project = project.Description() };

        Assert.True(clean.Execute(), project.Said);
        Assert.False(Path.Exists(Path.Combine(project.Directory, "bin", "number")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Links_are_not_cleaned_by_a_question(bool withoutNote)
    {
        using var project = new TempProject(OneStage);
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        if (withoutNote)
            Directory.Delete(Path.Combine(project.Directory, "obj"), recursive: true);
        CleanLinks Clean(bool asked) =>
            new() { BuildEngine = project.Engine, Project = project.Description(), FailIfNotIncremental = asked };

        Assert.False(Clean(asked: true).Execute());
        Assert.Contains("LNX2014", project.Said, StringComparison.Ordinal);
        Assert.Equal("07\n", File.ReadAllText(Path.Combine(project.Directory, "bin", "number", "n.txt")));

        Assert.True(Clean(asked: false).Execute());
        Assert.True(Clean(asked: true).Execute());
    }
}
