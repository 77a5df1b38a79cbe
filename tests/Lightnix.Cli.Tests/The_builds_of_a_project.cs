using System.Diagnostics;
using System.Text.Json;
using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary>What the store remembers of builds: <c>history</c>, and names as <c>model@2</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class The_builds_of_a_project : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    string Builds => Path.Combine(_tool.Farm.StoreFolder, "builds");

    string Project => _tool.Farm.Project;

    JsonElement[] History(params string[] stages) => [.. _tool.Json(0, ["history", .. stages]).EnumerateArray()];

    string[] Files() => [.. Directory.GetFiles(Builds, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    string Chosen() => _tool.Farm.Model().Results[0].Realization.ToString();

    static string Summary(JsonElement build) => string.Join(' ', build.GetProperty("stages").EnumerateArray().Select(s =>
        $"{s.GetProperty("stage")}:{s.GetProperty("completed")}/{s.GetProperty("failed")}:{s.GetProperty("changed")}"));

    [Fact]
    public void Are_listed_with_what_ran_and_what_changed()
    {
        var first = Chosen();
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        var builds = History();

        Assert.Equal([1, 2], builds.Select(b => b.GetProperty("build").GetInt32()));
        Assert.Equal(["model:5/0:True", "data:1/0:True model:5/0:True"], builds.Select(Summary));
        var model = builds[0].GetProperty("stages")[0];
        Assert.Equal(first, model.GetProperty("before").GetProperty("results")[0].GetProperty("realization").GetString());
        Assert.Equal("0.5", model.GetProperty("now").GetProperty("results")[0].GetProperty("metric").GetString());
        Assert.Equal(2, History("model").Length);
        Assert.Single(History("dat*"));
        Assert.Contains("ran or changed 'modle'", _tool.Run("history", "modle").Error, StringComparison.Ordinal);
        var lines = _tool.Run("history", "model").Output.TrimEnd('\n').Split('\n').Select(l => l.Split('\t')).ToArray();
        Assert.Equal(["@1", "@2"], lines.Select(l => l[0]));
        Assert.Equal(["model", "5", "0", first, Chosen(), "0.5", ""], lines[0][4..]);
        _tool.Farm.AssertSound();
    }

    [Fact]
    public void Are_not_listed_if_they_did_nothing()
    {
        var files = Files();
        var root = File.GetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_tool.Farm.StoreFolder, "roots"))[0]);

        Assert.Empty(_tool.Farm.Build().Ran);

        Assert.Equal(files, Files());
        Assert.Equal(root, File.GetLastWriteTimeUtc(Directory.GetFiles(Path.Combine(_tool.Farm.StoreFolder, "roots"))[0]));
    }

    [Fact]
    public void Are_listed_if_they_only_chose_otherwise_or_only_failed()
    {
        var first = Chosen();
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);
        Assert.Empty(_tool.Farm.Build().Ran);
        Assert.False(_tool.Farm.Build(recipe: "x; exit 1; echo").Succeeded);

        var builds = History();

        Assert.Equal(4, builds.Length);
        Assert.Matches("^model:0/[1-9]:False$", Summary(builds[0]));
        Assert.Equal("model:0/0:True", Summary(builds[1]));
        Assert.Equal(first, builds[1].GetProperty("stages")[0].GetProperty("now").GetProperty("results")[0]
            .GetProperty("realization").GetString());
    }

    [Fact]
    public void Name_what_they_chose_in_each_verb()
    {
        var first = Chosen();
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        var diff = _tool.Json(0, "diff", "model@2", "model");
        Assert.Equal((first, Chosen()), (diff.GetProperty("before").GetProperty("realization").GetString(),
            diff.GetProperty("now").GetProperty("realization").GetString()));
        Assert.Equal(first, _tool.Realization("model@2"));
        Assert.Equal(Chosen(), _tool.Realization("model@1"));
        Assert.Equal(first, _tool.Json(0, "trace", "farm:model@2").GetProperty("roots")[0].GetString());
        Assert.Equal("train in/data/data.csv\n", _tool.Run("log", "model@2").Output);
        Assert.Equal("another in/data/data.csv\n", _tool.Run("log", "model").Output);
        var change = Assert.Single(_tool.Json(0, "diff", Project + "@2", Project).EnumerateArray());
        Assert.Equal("model", change.GetProperty("stage").GetString());
    }

    [Theory]
    [InlineData("show", "model@3", "there is no 'model' after build @3 of")]
    [InlineData("show", "model@0", "builds are numbered from @1, the last one, to @1")]
    [InlineData("show", "modle@1", "'modle@1' is no stage that was built here")]
    public void That_are_not_there_are_mistakes(string verb, string name, string problem)
    {
        var (code, _, error) = _tool.Run(verb, name);

        Assert.Equal(2, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_in_a_store_of_an_earlier_version()
    {
        var first = Chosen();
        Directory.Delete(Builds, recursive: true);

        Assert.Empty(History());
        Assert.Equal(0, _tool.Run("show", "model@1").Code);
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        Assert.Equal(["model:5/0:True"], History().Select(Summary));
        Assert.Equal(first, _tool.Realization("model@2"));
    }

    [Fact]
    public void That_were_killed_before_their_root_was_written_are_passed_over()
    {
        var first = Chosen();
        var root = Directory.GetFiles(Path.Combine(_tool.Farm.StoreFolder, "roots"))[0];
        var before = File.ReadAllBytes(root);
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);
        File.Delete(root);
        File.WriteAllBytes(root, before);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Equal(["data:1/0:True model:5/0:True"], History().Select(Summary));
        Assert.Empty(_tool.Farm.Build(recipe: "another").Ran);

        Assert.Equal(first, _tool.Realization("model@2"));
        _tool.Farm.AssertSound();
    }

    [Fact]
    public void Keep_nothing_from_garbage_collection_and_go_with_their_root()
    {
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        Assert.Equal(0, _tool.Run("gc", "--yes", "--older-than", "0").Code);

        var archive = Path.Combine(_tool.Farm.Folder, "x.tar.zst");
        foreach (var arguments in new string[][]
        {
            ["diff", "model@2", "model"], ["log", "model@2"], ["show", "model@2"], ["pin", "model@2"],
            ["rm", "model@2", "--reason", "odd"], ["export", "model@2", "-o", archive], ["trace", "model@2"],
        })
        {
            var (code, _, error) = _tool.Run(arguments);
            Assert.Contains("nothing is known of that any more: it was collected", error, StringComparison.Ordinal);
            Assert.Equal(2, code);
        }
        Assert.Equal(2, History().Length);
        File.Delete(Project);
        Assert.Contains(_tool.Json(0, "gc", "--yes", "--older-than", "0").GetProperty("items").EnumerateArray(),
            i => i.GetProperty("kind").GetString() == "builds");
        Assert.Empty(Files());
        _tool.Farm.AssertSound();
    }

    [Fact]
    public void Are_known_back_to_one_that_was_damaged()
    {
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);
        Assert.True(_tool.Farm.Build(recipe: "third").Succeeded);
        _tool.Farm.Sh("f=$(ls builds/*/* | sed -n 2p); chmod u+w $f; printf x >> $f; chmod 444 $f");

        var (code, output, error) = _tool.Run("history");
        Assert.StartsWith("@1\t", Assert.Single(output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Contains("LNX3001: the store is damaged: '", error, StringComparison.Ordinal);
        Assert.Equal(3, code);
        Assert.Contains("has the SHA-256", _tool.Run("verify").Output, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("verify", "--repair").Code);
        Assert.Equal([1], History().Select(b => b.GetProperty("build").GetInt32()));
        Assert.True(_tool.Farm.Build(recipe: "fourth").Succeeded);
        Assert.Equal(2, History().Length);
        _tool.Farm.AssertSound();
    }

    [Fact]
    public void Are_not_remembered_where_a_file_is_in_the_place_of_their_folder()
    {
        _tool.Farm.Sh("rm -r builds; touch builds");

        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        Assert.Contains("builds is no part of a store", _tool.Run("verify").Output, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("verify", "--repair").Code);
        Assert.True(_tool.Farm.Build(recipe: "third").Succeeded);
        Assert.Single(History());
    }

    [Fact]
    public void Have_the_revision_of_the_working_tree()
    {
        var folder = _tool.Farm.ProjectFolder;
        const string script = """
            git init -q . && git add *.lnproj && git -c user.name=x -c user.email=x@x commit -qm one && git rev-parse HEAD
            """;
        var start = new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var commit = git.StandardOutput.ReadToEnd().Trim();
        File.WriteAllText(Project, "<Project><!-- changed --></Project>");

        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        Assert.Equal((commit, true), (History()[0].GetProperty("revision").GetString(), History()[0].GetProperty("dirty").GetBoolean()));
    }

    [Fact]
    public void Are_small_files_of_which_the_last_fifty_stay()
    {
        using var store = _tool.Farm.Open();
        var root = store.Roots.Read(Project);
        var model = root.Stages["model"];
        var many = root with { Stages = root.Stages.AddRange(Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"s{i}", model))) };
        store.Roots.Write(many, Between(root, many));
        for (var i = 0; i < 60; i++)
        {
            var next = many with { Stages = many.Stages.SetItem("s1", many.Stages[i % 2 == 0 ? "data" : "model"]) };
            store.Roots.Write(next, Between(many, next));
            many = next;
        }

        Assert.Equal(50, Files().Length);
        Assert.All(Files(), f => Assert.InRange(new FileInfo(f).Length, 1, 2000));
        Assert.Equal(50, History().Length);
        Assert.Equal(many.Stages["data"].Results[0].Realization.ToString(), _tool.Realization("s1@2"));
    }

    static PastBuild Between(Root before, Root now) => new(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, "me@here",
        ImmutableSortedDictionary<string, RunsMade>.Empty, ChoiceShift.Between(before, now));
}
