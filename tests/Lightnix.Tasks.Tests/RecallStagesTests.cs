using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>What only looks at a project: an IDE, <c>--no-build</c>, a generated class.</summary>
public sealed class RecallStagesTests
{
    const string Project = """
        <Project>
          <ItemGroup>
            <Stage Include="number" Command="echo 0.5 > @{out}/n.txt; echo 1 > @{out}/other.txt; echo x >> runs" />
            <Source Include="missing.txt" Stage="number" />
            <Promise Include="n.txt" Stage="number" Type="Number" CopyToOutputDirectory="IfDifferent" Link="sub/n.txt" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Knows_the_promises_of_what_was_never_built_and_makes_nothing()
    {
        using var project = new TempProject(Project);
        var task = project.Task<RecallStages>();
        task.Describe = true;

        Assert.True(task.Execute(), project.Said);

        Assert.Empty(task.Artifacts);
        var promise = Assert.Single(PromiseItems.Read(task.Described));
        Assert.Equal(("data", "number", "n.txt", "sub/n.txt", true),
            (promise.Project, promise.Stage, promise.Path, promise.TargetPath, promise.IsNumber));
        Assert.Empty(promise.Numbers);
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "store")));
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "obj")));
    }

    [Fact]
    public void Answers_from_the_last_build_also_for_a_promise_that_is_new()
    {
        using var project = Built();
        var task = project.Task<RecallStages>();
        var promised =
            new TaskItem("other.txt", new Dictionary<string, string> { ["Stage"] = "number", ["CopyToPublishDirectory"] = "Always" });
        task.Promises = [.. task.Promises, promised];
        (task.Describe, task.MustBeBuilt) = (true, true);

        Assert.True(task.Execute(), project.Said);

        Assert.Equal(["other.txt", "sub/n.txt"], task.Artifacts.Select(a => a.GetMetadata("TargetPath")).Order(StringComparer.Ordinal));
        Assert.All(task.Artifacts, a => Assert.True(File.Exists(a.ItemSpec)));
        Assert.Equal(0.5, Assert.Single(PromiseItems.Read(task.Described).Single(p => p.IsNumber).Numbers));
        Assert.Empty(project.Engine.Shown);
    }

    [Fact]
    public void Makes_the_copy_that_is_missing_and_leaves_the_one_that_somebody_edits()
    {
        using var project = Built("OutputItemType=\"Oracle\"");
        var copy = Path.Combine(project.Directory, "obj", "lightnix", "items", "data.lnproj", "number", "n.txt");
        Assert.Equal(copy, Recall());

        File.Delete(copy);
        Assert.Equal(copy, Recall());
        Assert.Equal("0.5\n", File.ReadAllText(copy));

        File.AppendAllText(copy, "edited");
        Assert.Equal(copy, Recall());
        Assert.EndsWith("edited", File.ReadAllText(copy), StringComparison.Ordinal);

        // What may not be made is left out, without a word: an editor only looks.
        Directory.Delete(Path.Combine(project.Directory, "obj", "lightnix", "items"), recursive: true);
        project.Write("obj/lightnix/items", "");
        Assert.Null(Recall());
        Assert.Empty(project.Engine.Shown);

        string? Recall()
        {
            var task = project.Task<RecallStages>();
            task.OnlyMissing = true;
            Assert.True(task.Execute(), project.Said);
            return task.Artifacts.SingleOrDefault()?.ItemSpec;
        }
    }

    [Fact]
    public void Copies_everything_for_who_asks_and_clean_removes_it()
    {
        using var project = Built();
        var task = project.Task<RecallStages>();
        task.Everything = true;

        Assert.True(task.Execute(), project.Said);

        var copy = Assert.Single(task.Artifacts).ItemSpec;
        Assert.StartsWith(Path.Combine(project.Directory, "obj"), copy, StringComparison.Ordinal);
        Assert.Equal("0.5\n", File.ReadAllText(copy));
        var clean = new CleanLinks { BuildEngine = project.Engine, Project = task.Project };
        Assert.True(clean.Execute(), project.Said);
        Assert.False(File.Exists(copy));
        Assert.Equal("",
            string.Join(' ', Directory.GetFiles(Path.Combine(project.Directory, "obj"), "*data.lnproj*", SearchOption.AllDirectories)));
    }

    [Fact]
    public void Takes_a_store_that_is_gone_for_an_empty_one()
    {
        using var project = Built();
        var task = project.Task<RecallStages>();
        task.Project.SetMetadata(nameof(ProjectDescription.Store), Path.Combine(project.Directory, "gone"));

        Assert.True(task.Execute(), project.Said);

        Assert.Empty(task.Artifacts);
    }

    [Fact]
    public void Is_silent_in_an_editor_and_not_with_no_build_when_the_tree_is_gone()
    {
        using var project = Built();
        foreach (var tree in Directory.EnumerateDirectories(Path.Combine(project.Directory, "store", "trees")))
            Directory.Move(tree, tree + ".away");
        var editor = project.Task<RecallStages>();
        var noBuild = project.Task<RecallStages>();
        noBuild.MustBeBuilt = true;

        Assert.True(editor.Execute(), project.Said);
        Assert.Empty(editor.Artifacts);
        Assert.False(noBuild.Execute());
        Assert.Equal("LNX5003", Assert.Single(project.Engine.Errors).Code);
    }

    [Fact]
    public void Is_silent_about_mistakes_that_the_next_build_reports()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Stage Include="a" Command="cat @{nowhere/x} @{other:b/y}" Commnd="" Matrix="n=1,2" />
                <Stage Include="b" Program="missing.csproj" Inputs="@{" />
                <Promise Include="x" Stage="a" Type="Number" />
                <Promise Include="y" Stage="b" CopyToOutputDirectory="Always" />
              </ItemGroup>
            </Project>
            """);
        var task = project.Task<RecallStages>();
        task.Describe = true;

        Assert.True(task.Execute(), project.Said);
        Assert.Empty(task.Artifacts);
        Assert.Equal(["a-1", "a-2", "b"], task.Described.Select(d => d.GetMetadata("Stage")).Order(StringComparer.Ordinal));
    }

    static TempProject Built(string more = "")
    {
        var project = new TempProject(Project.Replace("Link=", $"{more} Link=", StringComparison.Ordinal));
        project.Write("missing.txt", "");
        Assert.True(project.Task<RealizeStages>().Execute(), project.Said);
        File.Delete(Path.Combine(project.Directory, "missing.txt"));
        project.Engine.Messages.Clear();
        return project;
    }
}
