namespace Lightnix.Cli;

/// <summary>What <c>trace</c> says of results, and of files that were copied elsewhere.</summary>
[Trait("Speed", "Slow")]
public sealed class Where_results_come_from : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    string Chosen => _tool.Realization("model");

    [Fact]
    public void Go_down_to_the_inputs()
    {
        var trace = _tool.Json(0, "trace", "Model");

        var results = trace.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["model", "data"], results.Select(r => r.GetProperty("stage").GetString()));
        Assert.Equal(Chosen, Assert.Single(trace.GetProperty("roots").EnumerateArray()).GetString());
        Assert.Equal("data", results[0].GetProperty("inputs")[0].GetProperty("at").GetString());
        Assert.Equal(
            results[1].GetProperty("realization").GetString(), results[0].GetProperty("inputs")[0].GetProperty("realization").GetString());
        Assert.Equal(5, results[0].GetProperty("runRecord").GetProperty("replicate").GetInt32());
        Assert.Equal("0.5", results[0].GetProperty("chosenBy")[0].GetProperty("metric").GetString());
        var rows = _tool.Run("trace", "model").Output.TrimEnd('\n').Split('\n').Select(r => r.Split('\t')).ToArray();
        Assert.Equal(["model", "model/data"], rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.Equal(11, r.Length));
        Assert.Equal((Chosen, "5", _tool.Farm.Project), (rows[0][1], rows[0][3], rows[0][8]));
    }

    [Fact]
    public void Are_found_by_the_content_of_a_copied_file()
    {
        var copy = Path.Combine(_tool.Farm.Folder, "somewhere.bin");
        File.Copy(Path.Combine(_tool.Farm.ProjectFolder, "bin", "model", "weights"), copy);

        var trace = _tool.Json(0, "trace", copy);

        Assert.Equal(Chosen, trace.GetProperty("roots")[0].GetString());
        Assert.Equal("weights", trace.GetProperty("places")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void Are_found_by_a_link_to_a_file()
    {
        var link = Path.Combine(_tool.Farm.Folder, "link");
        File.CreateSymbolicLink(link, Path.Combine(_tool.Farm.ProjectFolder, "bin", "model", "weights"));

        Assert.Equal(Chosen, _tool.Json(0, "trace", link).GetProperty("roots")[0].GetString());
    }

    [Fact]
    public void Are_found_by_a_link_and_by_a_copied_folder()
    {
        var bin = Path.Combine(_tool.Farm.ProjectFolder, "bin");
        var copy = Directory.CreateDirectory(Path.Combine(_tool.Farm.Folder, "copy")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(bin, "model")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        Assert.Equal(Chosen, _tool.Json(0, "trace", "bin/model").GetProperty("roots")[0].GetString());
        Assert.Equal(Chosen, _tool.Json(0, "trace", copy).GetProperty("roots")[0].GetString());
        File.WriteAllText(Path.Combine(copy, "more"), "");
        Assert.Contains("no result in the store", _tool.Run("trace", copy).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_found_after_their_files_were_collected()
    {
        var copy = Path.Combine(_tool.Farm.Folder, "kept");
        var losers = _tool.Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("state").GetString() == "kept");
        var loser = losers.First(r => r.GetProperty("stage").GetString() == "model");
        File.Copy(Path.Combine(_tool.Farm.StoreFolder, "trees", loser.GetProperty("tree").GetString()!, "weights"), copy);
        _tool.Farm.Sh($"chmod -R u+w trees/{loser.GetProperty("tree").GetString()} && rm -r trees/{loser.GetProperty("tree").GetString()}");

        var trace = _tool.Json(0, "trace", copy);

        Assert.Equal(loser.GetProperty("realization").GetString(), trace.GetProperty("roots")[0].GetString());
        Assert.False(trace.GetProperty("results")[0].GetProperty("present").GetBoolean());
    }

    [Fact]
    public void Are_shown_to_people_with_runs_and_sources()
    {
        var text = _tool.Terminal("trace", "model");
        Assert.True(text is not null, "python3 has no pseudo-terminal here");
        Assert.Contains("chosen as model of farm.lnproj with 0.5", text, StringComparison.Ordinal);
        Assert.Contains("replicate 5, seed ", text, StringComparison.Ordinal);
        Assert.Contains("    data  ", text, StringComparison.Ordinal);
        Assert.Contains("command    ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_not_known_for_other_files()
    {
        Assert.Contains("there is no file or folder", _tool.Run("trace", "./absent").Error, StringComparison.Ordinal);
        var other = Path.Combine(_tool.Farm.Folder, "other");
        File.WriteAllText(other, "other");
        var (code, _, error) = _tool.Run("trace", other);
        Assert.Equal(2, code);
        Assert.Contains("made elsewhere", error, StringComparison.Ordinal);
    }
}
