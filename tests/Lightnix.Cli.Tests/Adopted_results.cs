using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary>What the tool says of adopted results, and whose adoptions <c>unadopt</c> takes back.</summary>
public sealed class Adopted_results : IDisposable
{
    readonly BuiltTool _tool = new();
    readonly Root _other;

    // A result of the model as it is was adopted as the sixth replicate of another model, which another project has.
    public Adopted_results()
    {
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);
        using (var store = _tool.Farm.Open())
            _other = store.Roots.Read(_tool.Farm.Project) with { Project = Path.Combine(_tool.Farm.Folder, "other.lnproj") };
        Assert.Empty(_tool.Farm.Build().Ran);
        using (var store = _tool.Farm.Open())
        {
            var run = store.Records.History(_tool.Farm.Model().Resolved).Runs.Single(r => r.Facts.Replicate == 5);
            var facts = run.Facts with { Resolved = _other.Stages["model"].Resolved, Replicate = 6, Order = 6 };
            store.Records.Add(run with
            {
                Facts = facts,
                Adopted = new(run.Realization, run.Reference(), "a comment", "me@here", DateTimeOffset.UtcNow),
            });
        }
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Are_marked_among_runs()
    {
        var adopted = Assert.Single(_tool.Json(0, "runs", "model").EnumerateArray(), c => c.GetProperty("adopted").GetInt32() == 1);
        Assert.Equal(6, adopted.GetProperty("n").GetInt32());
        var run = Assert.Single(adopted.GetProperty("runs").EnumerateArray(), r => r.TryGetProperty("adopted", out _));
        Assert.Equal("a comment", run.GetProperty("adopted").GetProperty("reason").GetString());
        Assert.Single(_tool.Run("runs", "model", "--each").Output.TrimEnd().Split('\n'),
            l => l.EndsWith("\ta comment\t", StringComparison.Ordinal));
    }

    [Fact]
    public void Stay_where_another_project_has_built_them()
    {
        using (var store = _tool.Farm.Open())
            store.Roots.Write(_other);

        var (code, _, error) = _tool.Run("unadopt", "model");

        Assert.Equal(2, code);
        Assert.Contains("no result of 'model' was adopted", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("mod*")]
    public void Are_taken_back_before_they_are_built(string name)
    {
        Assert.Equal(1, _tool.Json(0, "unadopt", name).GetProperty("unadopted").GetArrayLength());
        Assert.Equal(2, _tool.Run("unadopt", name).Code);
    }

    [Fact]
    public void Are_not_asked_for_in_JSON() => Assert.Contains("add --yes",
        _tool.Run("adopt", "model", "--reason", "x", "--json").Error, StringComparison.Ordinal);
}
