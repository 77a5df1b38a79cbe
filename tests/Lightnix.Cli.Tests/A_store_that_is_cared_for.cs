namespace Lightnix.Cli;

/// <summary><c>verify</c> and <c>gc</c>.</summary>
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
        var plan = _tool.Json(0, "gc");
        Assert.Equal(4, plan.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("kind").GetString() == "tree"));
        Assert.Equal(6, _tool.Farm.Trees);
        Assert.Contains("--yes does it", _tool.Run("gc", "--keep-best", "2").Output, StringComparison.Ordinal);

        Assert.StartsWith("tree\t", _tool.Run("gc", "--yes", "--max-size", "1KiB").Output, StringComparison.Ordinal);

        Assert.Equal(2, _tool.Farm.Trees);
        Assert.Empty(_tool.Farm.Build().Ran);
        Assert.Equal(0, _tool.Run("gc", "--yes", "--forget", "farm.lnproj").Code);
        Assert.Equal(0, _tool.Farm.Trees);
    }
}
