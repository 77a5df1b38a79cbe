using System.Text.Json;
using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary>What <c>variance</c> says of recorded runs: five replicates of a model with random files, one of its data.</summary>
[Trait("Speed", "Slow")]
public sealed class The_variance_of_a_stage : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    /// <summary>Records a run that another one is the model of.</summary>
    void Record(string stage, int like, Func<RunFacts, RunFacts> change, int givesTreeOf = 0, Adoption? adopted = null)
    {
        using var store = _tool.Farm.Open();
        var runs = store.Records.History(store.Roots.Read(_tool.Farm.Project).Stages[stage].Resolved).Runs;
        var run = runs.First(r => r.Facts.Replicate == like);
        var facts = change(run.Facts with { Order = runs.Max(r => r.Facts.Order) + 1, Nonce = Path.GetRandomFileName() });
        var tree = givesTreeOf == 0 ? run.Tree : runs.First(r => r.Facts.Replicate == givesTreeOf).Tree;
        store.Records.Add(new Run(facts, tree) { Adopted = adopted });
    }

    void Repeat(string stage, int replicate, int attempt = 2, int givesTreeOf = 0) =>
        Record(stage, replicate, f => f with { Attempt = attempt }, givesTreeOf);

    static string Verdict(JsonElement variance) => variance.GetProperty("verdict").GetString()!;

    static JsonElement File(JsonElement variance, string path) =>
        variance.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("path").GetString() == path);

    [Fact]
    public void Is_not_known_without_a_repeated_attempt()
    {
        var variance = _tool.Json(4, "variance", "model");

        Assert.Equal("not known", Verdict(variance));
        Assert.Equal((5, 5, 0), (variance.GetProperty("attempts").GetInt32(), variance.GetProperty("seeds").GetInt32(),
            variance.GetProperty("repeated").GetInt32()));
        var file = File(variance, "accuracy.txt");
        Assert.True(file.GetProperty("otherSeed").GetBoolean());
        Assert.False(file.TryGetProperty("sameSeed", out _));
        Assert.Equal(2, file.GetProperty("offset").GetInt64());
    }

    [Fact]
    public void Is_deterministic_where_other_seeds_give_the_same_bytes()
    {
        Repeat("data", 1);
        Record("data", 1, f => f with { Replicate = 2, Seed = 7, Host = f.Host with { Name = "another" } });

        var variance = _tool.Json(0, "variance", "data");

        Assert.Equal("deterministic", Verdict(variance));
        Assert.Equal(2, variance.GetProperty("machines").GetArrayLength());
        Assert.Equal((0, 1), (variance.GetProperty("files").GetArrayLength(), variance.GetProperty("same").GetInt32()));
    }

    [Fact]
    public void Is_deterministic_given_the_seed_where_others_give_other_bytes()
    {
        Repeat("model", 5);

        var variance = _tool.Json(0, "variance", "model");

        Assert.Equal("deterministic given the seed", Verdict(variance));
        Assert.False(File(variance, "weights").GetProperty("sameSeed").GetBoolean());
    }

    [Fact]
    public void Is_deterministic_given_the_seed_where_only_one_was_run()
    {
        Repeat("data", 1);

        Assert.Equal("deterministic given the seed", Verdict(_tool.Json(0, "variance", "data")));
        if (_tool.Terminal("variance", "data") is { } terminal)
            Assert.Contains("only one seed is known", terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_that_it_varies_where_one_seed_gives_other_bytes()
    {
        Repeat("model", 5, givesTreeOf: 4);

        var variance = _tool.Json(1, "variance", "model");

        Assert.Equal("varies", Verdict(variance));
        Assert.Equal((1, true, 2), (variance.GetProperty("repeated").GetInt32(),
            File(variance, "accuracy.txt").GetProperty("sameSeed").GetBoolean(),
            File(variance, "accuracy.txt").GetProperty("offset").GetInt32()));
        var lines = _tool.Run("variance", "model").Output.TrimEnd('\n').Split('\n').Select(l => l.Split('\t')).ToArray();
        Assert.Equal(["model", "varies", "6", "5", "1", "1", "0", "0"], lines[0]);
        Assert.Equal(["accuracy.txt", "differs", "differs", "2"], lines[1][..4]);
    }

    [Fact]
    public void Leaves_out_what_was_adopted_and_shows_apart_what_was_resumed()
    {
        Repeat("model", 5);
        Record("model", 5, f => f with { Attempt = 3, Resumed = new(2, TimeSpan.FromHours(1)) }, givesTreeOf: 4);
        var chosen = _tool.Farm.Model().Results[0].Realization;
        Record("model", 5, f => f with { Attempt = 4 }, givesTreeOf: 3,
            adopted: new(chosen, Reference<Run>.Parse(chosen.ToString()), "a comment", "me@here", DateTimeOffset.UtcNow));

        var variance = _tool.Json(0, "variance", "model");

        Assert.Equal("deterministic given the seed", Verdict(variance));
        Assert.Equal((6, 1), (variance.GetProperty("attempts").GetInt32(), variance.GetProperty("adopted").GetInt32()));
        Assert.False(Assert.Single(variance.GetProperty("resumed").EnumerateArray()).GetProperty("same").GetBoolean());
    }

    [Fact]
    public void Is_known_of_collected_results_without_the_byte()
    {
        Repeat("model", 5, givesTreeOf: 4);
        _tool.Farm.Collect();

        var weights = File(_tool.Json(1, "variance", "model"), "weights");

        Assert.True(weights.GetProperty("sameSeed").GetBoolean());
        Assert.False(weights.TryGetProperty("offset", out _));
    }

    [Fact]
    public void Of_a_pattern_is_that_of_each_stage()
    {
        Repeat("data", 1);
        Repeat("model", 5, givesTreeOf: 4);

        var cells = _tool.Json(1, "variance", "*").EnumerateArray().ToArray();

        Assert.Equal(["data: deterministic given the seed", "model: varies"],
            cells.Select(c => $"{c.GetProperty("name").GetString()}: {Verdict(c)}"));
        Assert.Equal(2, _tool.Run("variance", "*").Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Of_nothing_is_a_mistake() => Assert.Equal(2, _tool.Run("variance", "modle").Code);
}
