using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What <c>ls</c> and <c>show</c> say of stages.</summary>
[Trait("Speed", "Slow")]
public sealed class Stages_and_their_results : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Lists_what_was_chosen()
    {
        var (code, output, _) = _tool.Run("ls");
        var model = _tool.Json(0, "ls").EnumerateArray().Single(c => c.GetProperty("stage").GetString() == "model");

        Assert.Equal(0, code);
        // In a pipe, values are complete, and no header tells what they are.
        Assert.Equal(["data", "model"], output.TrimEnd().Split('\n').Select(l => l.Split('\t')[1]));
        Assert.Contains(string.Join('\t', _tool.Farm.Project, "model", "chosen", "0.5", "2004", model.GetProperty("made"),
            model.GetProperty("realization"), "") + "\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal("0.5", model.GetProperty("metric").GetString());
        Assert.Equal(2004, model.GetProperty("size").GetInt64());
        Assert.True(model.GetProperty("present").GetBoolean());
        var runs = _tool.Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("stage").GetString() == "model").ToArray();
        Assert.Equal(5, runs.Length);
        Assert.Single(runs, r => r.GetProperty("state").GetString() == "chosen");
        Assert.Equal(6, _tool.Run("ls", "--runs").Output.Trim().Split('\n').Length);
    }

    [Fact]
    public void Shows_a_stage_and_what_a_prefix_means()
    {
        var model = _tool.Json(0, "show", "MODEL");
        var realization = model.GetProperty("realizations")[0];
        var reference = realization.GetProperty("realization").GetString()!;

        Assert.Contains("weights", realization.GetProperty("entries")[1].GetString(), StringComparison.Ordinal);
        Assert.Equal("realization", _tool.Json(0, "show", reference[..10]).GetProperty("kind").GetString());
        Assert.Equal("tree", _tool.Json(0, "show", realization.GetProperty("tree").GetString()!).GetProperty("kind").GetString());
        var derivation = _tool.Json(0, "show", model.GetProperty("derivation").GetString()!);
        Assert.Equal("model", derivation.GetProperty("record").GetProperty("name").GetString());
        var run = realization.GetProperty("runs")[0].GetProperty("run").GetString()!;
        Assert.Equal("run", _tool.Json(0, "show", run).GetProperty("kind").GetString());
        Assert.StartsWith("stage\tmodel\n", _tool.Run("show", "model").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_one_state_for_a_result_in_all_verbs()
    {
        var runs = _tool.Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("stage").GetString() == "model").ToArray();
        var chosen = runs.Single(r => r.GetProperty("state").GetString() == "chosen").GetProperty("realization").GetString()!;
        var shown = _tool.Json(0, "show", chosen);

        Assert.Equal("chosen", shown.GetProperty("state").GetString());
        Assert.Equal(shown.GetProperty("tree").GetString(), shown.GetProperty("record").GetProperty("tree").GetString());
        Assert.All(shown.GetProperty("runs").EnumerateArray(), r => Assert.Equal("chosen", r.GetProperty("state").GetString()));
        var run = _tool.Json(0, "show", "model").GetProperty("realizations")[0].GetProperty("runs")[0];
        Assert.Equal("chosen", run.GetProperty("state").GetString());

        Assert.Equal(0, _tool.Run("rm", chosen, "--reason", "typo").Code);

        var listed = _tool.Json(0, "ls").EnumerateArray().Single(c => c.GetProperty("stage").GetString() == "model");
        Assert.Equal("rejected", listed.GetProperty("state").GetString());
        Assert.Equal("rejected", _tool.Json(0, "show", chosen).GetProperty("state").GetString());
        Assert.Contains("rejected", _tool.Run("ls").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_a_stage_whose_last_build_failed()
    {
        Assert.False(_tool.Farm.Build("""<Matcher Include="model" Select="Only" AtLeast="2" />""", recipe: "other").Succeeded);
        Assert.Equal(7, _tool.Json(0, "ls", "--runs").EnumerateArray().Count(r => r.GetProperty("stage").GetString() == "model"));
        var former = Assert.Single(_tool.Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "model");
        Assert.Equal((true, "chosen", "broken"), (former.GetProperty("failed").GetBoolean(), former.GetProperty("state").GetString(),
            former.GetProperty("stageState").GetString()));
        var row = _tool.Run("ls").Output.Split('\n').Single(l => l.Contains("\tmodel\t", StringComparison.Ordinal)).Split('\t');
        Assert.Equal(("broken", "0.5", former.GetProperty("realization").GetString()), (row[2], row[3], row[6]));
        Assert.Equal("2 results of 2 runs, none chosen; the result is of an earlier build", row[7]);

        // As if it had never been chosen.
        _tool.Farm.Sh("rm -f roots/*");
        Assert.False(_tool.Farm.Build("""<Matcher Include="model" Select="Only" AtLeast="2" />""", recipe: "other").Succeeded);

        var shown = _tool.Json(0, "show", "model").GetProperty("failed");
        Assert.Equal(2, shown.GetProperty("runs").GetArrayLength());
        Assert.All(shown.GetProperty("runs").EnumerateArray(), r => Assert.Equal("kept", r.GetProperty("state").GetString()));
        Assert.Contains("\tbroken\t", _tool.Run("ls").Output, StringComparison.Ordinal);
        var listed = Assert.Single(_tool.Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "model");
        Assert.Equal("failed", listed.GetProperty("state").GetString());
        Assert.Equal(2, _tool.Json(0, "ls", "--runs").EnumerateArray().Count(r => r.GetProperty("stage").GetString() == "model"));

        var resolved = shown.GetProperty("resolved").GetString()!;
        var (code, _, error) = _tool.Run("rm", resolved[..12], "--reason", "x");
        Assert.Equal(2, code);
        Assert.Contains("resolved derivation", error, StringComparison.Ordinal);
        Assert.Contains(shown.GetProperty("runs")[0].GetProperty("realization").GetString()![..12], error, StringComparison.Ordinal);
        var refused = _tool.Run("rm", "model", "--reason", "x").Error;
        Assert.Contains("chose nothing for 'model', so name one of its results: ", refused, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("pin", refused.Split(": ")[^1].Split(", ")[0].Trim()).Code);
    }

    [Fact]
    public void Lists_what_was_not_built()
    {
        const string more = """
            <Stage Include="late" Command="cat @{model/accuracy.txt} > @{out}/x" /><Promise Include="x" Stage="late" />
            """;
        Assert.False(_tool.Farm.Build(Farm.Best + more, recipe: "x; exit 3;").Succeeded);

        Assert.Contains("\tlate\tnot built\t", _tool.Run("ls").Output, StringComparison.Ordinal);
        var listed = Assert.Single(_tool.Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "late");
        Assert.Equal("not built", listed.GetProperty("stageState").GetString());
        Assert.Contains("late", _tool.Run("graph").Output, StringComparison.Ordinal);

        Assert.True(_tool.Farm.Build(Farm.Best + more).Succeeded);
        Assert.DoesNotContain("not built", _tool.Run("ls").Output, StringComparison.Ordinal);
    }

    static string Choice(string min) => Farm.Best + $"""
        <Stage Include="best" From="model" /><Matcher Include="best" Select="Best" Metric="accuracy.txt" />
        <Promise Include="accuracy.txt" Stage="best" Type="Number" Min="{min}" />
        <Stage Include="late" Command="cat @{"{best/accuracy.txt}"} > @{"{out}"}/x" /><Promise Include="x" Stage="late" />
        """;

    [Fact]
    public void Shows_a_choice_that_broke_its_promise_and_what_is_behind_it()
    {
        Assert.True(_tool.Farm.Build(Choice("0.4")).Succeeded);
        var builds = _tool.Json(0, "history").GetArrayLength();
        Assert.Equal((false, 0), _tool.Farm.Build(Choice("0.9")) is var (succeeded, ran) ? (succeeded, ran.Length) : default);

        Assert.Equal(["broken", "chosen", "not built", "chosen"], States());
        var row = _tool.Run("ls").Output.Split('\n').Single(l => l.Contains("\tlate\t", StringComparison.Ordinal)).Split('\t');
        Assert.Equal(("not built", "not tried, as best has no choice; the result is of an earlier build"), (row[2], row[7]));
        Assert.Contains("last build\tbroken: nothing could be chosen; what follows is of an earlier build\n",
            _tool.Run("show", "best").Output, StringComparison.Ordinal);
        Assert.Equal("broken", _tool.Json(0, "show", "best").GetProperty("failed").GetProperty("stageState").GetString());
        Assert.Contains("best\t", _tool.Run("graph").Output.Split('\n').Single(l => l.Contains("broken", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("nothing that there is could be chosen", _tool.Json(0, "why", "best", "--last").GetRawText(),
            StringComparison.Ordinal);
        var history = _tool.Json(0, "history");
        Assert.Equal(builds + 1, history.GetArrayLength());
        var step = Assert.Single(history[0].GetProperty("stages").EnumerateArray());
        Assert.Equal(("best", true), (step.GetProperty("stage").GetString(), step.GetProperty("chosenNone").GetBoolean()));

        // The same failure again is no news.
        Assert.False(_tool.Farm.Build(Choice("0.9")).Succeeded);
        Assert.Equal(builds + 1, _tool.Json(0, "history").GetArrayLength());
        _tool.Farm.AssertSound();

        Assert.True(_tool.Farm.Build(Choice("0.4")).Succeeded);
        Assert.Equal(["chosen", "chosen", "chosen", "chosen"], States());
        Assert.DoesNotContain("\"failed\"", _tool.Farm.Sh("cat roots/*"), StringComparison.Ordinal);
    }

    // Of best, data, late and model.
    string[] States() => [.. _tool.Json(0, "ls").EnumerateArray().Select(s => s.GetProperty("stageState").GetString()!)];

    [Fact]
    public void Names_the_stage_that_won_a_choice()
    {
        Assert.True(_tool.Farm.Build(Farm.Best + """
            <Stage Include="other" Matrix="rate=0.1,0.2" Command="echo @{params.rate} > @{out}/accuracy.txt" />
            <Promise Include="accuracy.txt" Stage="other" Type="Number" />
            <Stage Include="top" From="model;other" /><Matcher Include="top" Select="Best" Metric="accuracy.txt" />
            <Stage Include="low" From="other" /><Matcher Include="low" Select="Best" Metric="accuracy.txt" Order="Min" />
            """).Succeeded);

        var low = _tool.Json(0, "show", "low");
        var chosen = low.GetProperty("realizations")[0];
        Assert.Equal("""{"parameters":{"rate":"0.1"},"stage":"other-0_1"}""", chosen.GetProperty("winner").GetRawText());
        Assert.Equal(("0.1", "chosen"), (chosen.GetProperty("metric").GetString(), chosen.GetProperty("state").GetString()));
        Assert.Equal(_tool.Json(0, "show", "other-0_1").GetProperty("resolved").GetString(), chosen.GetProperty("resolved").GetString());
        Assert.False(low.TryGetProperty("resolved", out _));
        Assert.Contains("\nwinner\tmodel\n", _tool.Run("show", "top").Output, StringComparison.Ordinal);
        var listed = Assert.Single(_tool.Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "top");
        Assert.Equal("model", listed.GetProperty("winner").GetProperty("stage").GetString());
    }

    [Fact]
    public void Says_that_a_failed_stage_has_no_result()
    {
        Assert.False(_tool.Farm.Build("", recipe: "x; exit 3;").Succeeded);
        _tool.Farm.Sh("rm -f roots/*");
        Assert.False(_tool.Farm.Build("", recipe: "x; exit 3;").Succeeded);

        Assert.Contains("\tfailed\t\t\t", _tool.Run("ls").Output, StringComparison.Ordinal);
        Assert.Contains("\tno result, 2 failed runs", _tool.Run("ls").Output, StringComparison.Ordinal);
        Assert.Contains("it has no result: 'lightnix log model' shows why", _tool.Run("pin", "model").Error, StringComparison.Ordinal);
        Assert.Contains("a stage that was not tried because an input failed (model)",
            _tool.Run("show", "below").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_distinct_results_of_a_stage_without_a_choice()
    {
        const string constant = "; echo -1 > @{out}/accuracy.txt; echo > @{out}/weights; exit 0;";
        Assert.False(_tool.Farm.Build("""<Matcher Include="model" Select="All" AtLeast="2" AtMost="2" />""", recipe: constant).Succeeded);

        Assert.Contains("\t1 result of 2 runs, none chosen", _tool.Run("ls").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_cells_of_a_matrix_and_the_project_of_a_stage_elsewhere()
    {
        using (var store = _tool.Farm.Open())
        {
            var root = store.Roots.Read(_tool.Farm.Project);
            var model = root.Stages["model"];
            store.Roots.Write(root with { Stages = root.Stages.Add("grid-1", model) });
            store.Roots.Write(root with { Project = "/elsewhere/other.lnproj", Stages = root.Stages.Add("far", model) });
        }

        Assert.Contains("; name one cell of it: 'grid-1'", _tool.Run("show", "grid").Error, StringComparison.Ordinal);
        Assert.Contains("; it is a stage of '/elsewhere/other.lnproj': add --project", _tool.Run("show", "far").Error,
            StringComparison.Ordinal);
    }
}
