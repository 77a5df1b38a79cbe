namespace Lightnix.Cli;

/// <summary>What <c>show</c> says to people: what made it first, hashes last.</summary>
[Trait("Speed", "Slow")]
public sealed class What_is_shown_of_a_result : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Of_a_stage_is_what_made_it_with_promises_files_and_runs()
    {
        var rows = Rows("show", "model");

        Assert.Equal(["best of 5 by accuracy.txt"], rows["matcher"]);
        Assert.Equal(["accuracy.txt = 0.5"], rows["metric"]);
        Assert.Equal(["5"], rows["replicate"]);
        Assert.Contains("echo train", Assert.Single(rows["command"]), StringComparison.Ordinal);
        Assert.StartsWith("data (data.csv)  ", Assert.Single(rows["input"]), StringComparison.Ordinal);
        Assert.Equal(["accuracy.txt (Min 0, Number): kept", "weights: kept"], rows["promise"]);
        Assert.Equal(["accuracy.txt  4 B", "weights  2 KiB"], rows["file"]);
        Assert.Equal(5, rows["run"].Length);
        Assert.Equal(["run", "realization", "tree", "resolved", "folder", "derivation"], rows.Keys.SkipWhile(k => k != "run"));
    }

    [Fact]
    public void Of_records_has_a_row_for_each_fact()
    {
        var stage = _tool.Json(0, "show", "model");
        var run = stage.GetProperty("realizations")[0].GetProperty("runs")[0].GetProperty("run").GetString()!;
        var tree = stage.GetProperty("realizations")[0].GetProperty("tree").GetString()!;

        Assert.Equal([run], Rows("show", run)["run"]);
        Assert.Contains("seed", Rows("show", run).Keys);
        Assert.Equal(["model"], Rows("show", stage.GetProperty("derivation").GetString()!)["stage"]);
        Assert.Equal(5, Rows("show", stage.GetProperty("resolved").GetString()!)["run"].Length);
        Assert.StartsWith("model ", Rows("show", tree)["result"][0], StringComparison.Ordinal);
        Assert.StartsWith("model of ", Rows("show", stage.GetProperty("realizations")[0].GetProperty("realization").GetString()!)
            ["chosen by"][0], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_failed_stage_is_why()
    {
        Assert.False(_tool.Farm.Build("", recipe: "x; exit 3;").Succeeded);

        var rows = Rows("show", "model");

        Assert.Contains("failed: no result, ", rows["state"][1], StringComparison.Ordinal);
        Assert.Contains(rows["run"], r => r.Contains("failed: exit code 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Fits_a_terminal()
    {
        if (_tool.Terminal("show", "model") is not { } text)
            return;
        Assert.Contains("  matcher      best of 5 by accuracy.txt", text, StringComparison.Ordinal);
        Assert.Contains("\n               replicate 2, 0.2, kept, ", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    // By label, in the order of the rows.
    OrderedDictionary<string, string[]> Rows(params string[] arguments)
    {
        var (code, output, error) = _tool.Run(arguments);
        Assert.True(code == 0, error);
        var rows = new OrderedDictionary<string, string[]>();
        foreach (var row in output.TrimEnd().Split('\n').Select(l => l.Split('\t')))
            rows[row[0]] = [.. rows.GetValueOrDefault(row[0], []), row[1]];
        return rows;
    }
}
