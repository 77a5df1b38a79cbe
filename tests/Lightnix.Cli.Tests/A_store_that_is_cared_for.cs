namespace Lightnix.Cli;

/// <summary><c>verify</c> and <c>gc</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class A_store_that_is_cared_for : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Verifies_and_repairs()
    {
        Assert.Equal(0, _tool.Run("verify").Code);
        _tool.Farm.Sh("chmod 555 trees/*/weights");

        var (code, output, _) = _tool.Run("verify");
        Assert.Equal(1, code);
        Assert.Contains("cure: lightnix verify --repair", output, StringComparison.Ordinal);
        Assert.NotEmpty(_tool.Json(1, "verify").GetProperty("damages").EnumerateArray());
        Assert.Equal(0, _tool.Run("verify", "--repair").Code);
        Assert.Empty(_tool.Json(0, "verify").GetProperty("damages").EnumerateArray());
    }

    [Fact]
    public void Keeps_what_was_made_in_the_last_two_weeks()
    {
        var (_, output, _) = _tool.Run("gc", "--yes", "--forget", "farm.lnproj");
        Assert.Contains("what was made or used in the last 14 days stays", output, StringComparison.Ordinal);
        Assert.Equal(6, _tool.Farm.Trees);
        Assert.Empty(_tool.Farm.Build().Ran);
    }

    [Fact]
    public void Reports_a_copy_without_times_as_one_damage()
    {
        _tool.Farm.Sh("chmod -R u+w trees; find trees files -exec touch {} +; chmod -R u-w trees");

        var lines = _tool.Run("verify").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains(lines, l => l.Contains(" places: has another mode or time, and the same bytes: files/", StringComparison.Ordinal)
            && l.EndsWith(" more", StringComparison.Ordinal));
        Assert.InRange(lines.Length, 3, 10);
        Assert.InRange(_tool.Json(1, "verify").GetProperty("damages").GetArrayLength(), 20, int.MaxValue);
        Assert.InRange(_tool.Run("verify", "--repair").Output.Split('\n').Length, 3, 10);
    }

    [Fact]
    public void Names_the_store_that_was_named_in_its_cures()
    {
        var other = Path.Combine(_tool.Farm.Folder, "another store");
        _tool.Farm.Sh($"cp -a . '{other}'; chmod 555 '{other}'/trees/*/weights");

        Assert.Contains($"cure: lightnix verify --repair --store '{other}'\n",
            _tool.Run("verify", "--store", other).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plans_and_collects_garbage()
    {
        var plan = _tool.Json(0, "gc", "--older-than", "0");
        var items = plan.GetProperty("items").EnumerateArray().ToList();
        var trees = items.FindAll(i => i.GetProperty("kind").GetString() == "tree");
        Assert.Equal(["0.1", "0.2", "0.3", "0.4"], trees.Select(t => t.GetProperty("metric").GetString()).Order(StringComparer.Ordinal));
        Assert.All(trees, t => Assert.Equal((_tool.Farm.Project, "model"),
            (t.GetProperty("project").GetString(), t.GetProperty("stage").GetString())));
        Assert.Equal(plan.GetProperty("freed").GetInt64(), items.Sum(i => i.GetProperty("size").GetInt64()));
        Assert.Equal(6, _tool.Farm.Trees);
        Assert.Contains("--yes does it", _tool.Run("gc", "--keep-best", "2", "--older-than", "0").Output, StringComparison.Ordinal);

        Assert.StartsWith("tree\tfarm\tmodel\t", _tool.Run("gc", "--yes", "--max-size", "1KiB", "--older-than", "0").Output,
            StringComparison.Ordinal);

        Assert.Equal(2, _tool.Farm.Trees);
        Assert.Empty(_tool.Farm.Build().Ran);
        Assert.Equal(0, _tool.Run("gc", "--yes", "--forget", "farm.lnproj", "--older-than", "0").Code);
        Assert.Equal(0, _tool.Farm.Trees);
    }
}
