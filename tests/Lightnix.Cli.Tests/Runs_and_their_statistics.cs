namespace Lightnix.Cli;

/// <summary>What <c>runs</c> says of configurations, and of each run.</summary>
public sealed class Runs_and_their_statistics : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    // The farm's model has the metric 0.1, 0.2 … 0.5. Student's t of 4 degrees of freedom is 2.776 at 97.5 %.
    [Fact]
    public void Show_mean_deviation_and_interval()
    {
        var model = Assert.Single(_tool.Json(0, "runs", "model").EnumerateArray());

        Assert.Equal((5, 5, 0), (Int(model, "n"), Int(model, "distinct"), Int(model, "failed")));
        Assert.True(model.GetProperty("chosen").GetBoolean());
        var metric = model.GetProperty("metrics").GetProperty("accuracy.txt");
        Assert.Equal([0.3, 0.1581, 0.1037, 0.4963, 0.1, 0.5],
            new[] { "mean", "deviation", "low", "high", "min", "max" }.Select(name => Math.Round(Double(metric, name), 4)));
        Assert.Equal(5, model.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public void Have_one_row_for_each_configuration_also_of_earlier_recipes()
    {
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var all = _tool.Json(0, "runs", "model", "--sort", "n").EnumerateArray().ToArray();

        Assert.Equal(2, all.Length);
        Assert.Single(all, c => c.GetProperty("chosen").GetBoolean());
        Assert.Single(_tool.Json(0, "runs", "model", "--last", "1").EnumerateArray());
        Assert.Empty(_tool.Json(0, "runs", "model", "--where", "accuracy.txt>0.4").EnumerateArray());
        Assert.Equal(2, _tool.Json(0, "runs", "mod*", "--where", "accuracy.txt<=0.4", "--where", "n=5").GetArrayLength());
    }

    [Fact]
    public void Are_told_apart_by_their_reference_where_all_parameters_are_the_same()
    {
        if (_tool.TerminalOf(200, "runs", "model") is not { } one)
            return;
        Assert.DoesNotContain("resolved", one, StringComparison.Ordinal);
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var shown = _tool.TerminalOf(200, "runs", "model")!;

        Assert.All(_tool.Json(0, "runs", "model").EnumerateArray(),
            c => Assert.Contains(c.GetProperty("resolved").GetString()![..12], shown, StringComparison.Ordinal));
    }

    [Fact]
    public void Are_those_of_the_project_here_or_name_theirs()
    {
        using (var store = _tool.Farm.Open())
        {
            var root = store.Roots.Read(_tool.Farm.Project);
            store.Roots.Write(root with { Project = "/elsewhere/other.lnproj" });
            store.Roots.Write(root with { Stages = root.Stages.Remove("model") });
        }

        // The builds that are remembered have stages that are not declared any more.
        Assert.Equal(["data", "model"], Stages("runs"));
        _tool.Farm.Sh("rm -r builds");
        Assert.Equal(["data"], Stages("runs"));
        Assert.Equal(["data", "model"], Stages("runs", "--project", "/elsewhere/other.lnproj"));
        var model = Assert.Single(_tool.Json(0, "runs", "model").EnumerateArray());
        Assert.Equal(["/elsewhere/other.lnproj"], model.GetProperty("projects").EnumerateArray().Select(p => p.GetString()));
        if (_tool.TerminalOf(200, "runs", "model") is not { } shown)
            return;
        Assert.Contains("chosen elsewhere", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("project", shown, StringComparison.Ordinal);

        // No project is here.
        _tool.Farm.Sh("for r in roots/*; do grep -q elsewhere $r || rm -f $r; done");
        Assert.Equal(["data", "model"], Stages("runs"));
        Assert.Contains("other", _tool.TerminalOf(200, "runs")!, StringComparison.Ordinal);
    }

    IEnumerable<string?> Stages(params string[] arguments) =>
        _tool.Json(0, arguments).EnumerateArray().Select(c => c.GetProperty("stage").GetString()).Order(StringComparer.Ordinal);

    [Fact]
    public void Of_a_choice_are_those_of_its_candidates()
    {
        Assert.True(_tool.Farm.Build(matcher: Storage.Farm.Best
            + "<Stage Include='pick' From='model' /><Matcher Include='pick' Select='Best' Metric='accuracy.txt' />").Succeeded);

        var model = Assert.Single(_tool.Json(0, "runs", "pick").EnumerateArray());

        Assert.Equal(("model", 5), (model.GetProperty("stage").GetString(), Int(model, "n")));
        Assert.Equal("pick", Assert.Single(model.GetProperty("won").EnumerateArray()).GetString());
        if (_tool.TerminalOf(200, "runs", "pick") is { } shown)
            Assert.Contains("chosen, won pick", shown, StringComparison.Ordinal);
        Assert.Equal("0.3", model.GetProperty("metrics").GetProperty("accuracy.txt").GetProperty("mean").GetString()![..3]);
    }

    [Fact]
    public void Are_listed_one_by_one_with_failures_and_as_csv()
    {
        Assert.False(_tool.Farm.Build("", recipe: "x; exit 3;").Succeeded);

        var rows = _tool.Run("runs", "model", "--each").Output.TrimEnd().Split('\n').Select(r => r.Split('\t')).ToArray();

        Assert.Equal(6, rows.Length);
        Assert.Single(rows, r => r[^3].StartsWith("failed: ", StringComparison.Ordinal));
        var csv = _tool.Run("runs", "model", "--csv").Output.TrimEnd().Split('\n');
        Assert.Equal("stage,resolved,n,failed,adopted,distinct,last,chosen,won,project,accuracy.txt,accuracy.txt deviation,"
            + "accuracy.txt low,accuracy.txt high,accuracy.txt min,accuracy.txt max", csv[0]);
        Assert.Equal(3, csv.Length);
        Assert.All(csv, line => Assert.Equal(16, line.Split(',').Length));
    }

    [Theory]
    [InlineData("'rate' in --where is no condition", "--where", "rate")]
    [InlineData("'/etc' in --metric is no file of a result", "--metric", "/etc")]
    [InlineData("'absent.txt' in --metric is a number in no result", "--metric", "absent.txt")]
    [InlineData("'accurac.txt' in --where is no parameter and no metric of these runs (they have accuracy.txt, n; another file counts "
        + "with --metric): did you mean 'accuracy.txt'?", "--where", "accurac.txt<1")]
    [InlineData("'nosuch' in --sort is no parameter and no metric", "--sort", "-nosuch")]
    public void Refuse_what_is_no_condition_and_no_metric(string message, params string[] options)
    {
        var (code, _, error) = _tool.Run(["runs", "model", .. options]);

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }

    [Fact]
    public void Send_no_commands_to_a_terminal()
    {
        var run = _tool.Json(0, "runs", "model")[0].GetProperty("runs")[0].GetProperty("run").GetString()!;
        Assert.Equal(0, _tool.Run("note", run, "a\u202Eb").Code);

        if (_tool.TerminalOf(200, "runs", "model", "--each", "--csv") is { } shown)
            Assert.Contains("a%E2%80%AEb", shown, StringComparison.Ordinal);
        Assert.Contains("a\u202Eb", _tool.Run("runs", "model", "--each", "--csv").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_those_of_the_store_only()
    {
        var (code, _, error) = _tool.Run("runs", "absent");

        Assert.Equal(2, code);
        Assert.Contains("has no run of 'absent'", error, StringComparison.Ordinal);
    }

    static int Int(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetInt32();

    static double Double(System.Text.Json.JsonElement json, string name) =>
        double.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
