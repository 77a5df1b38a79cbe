using Lightnix.Explaining;
using Lightnix.Building;
using Lightnix.Hashing;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>One stage meets something that no list of exceptions has. The others go on.</summary>
public sealed class UnexpectedErrors : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    const string Items = """
        <Stage Include="first" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="first" />
        <Stage Include="other" Command="echo 2 > @{out}/a" /><Promise Include="a" Stage="other" />
        <Stage Include="reads" Command="cat @{first/a} > @{out}/a" /><Promise Include="a" Stage="reads" />
        """;

    [LinuxTheory]
    [InlineData("\"order\":1", "\"order\":9223372036854775807")]
    [InlineData("\"order\":1", "\"order\":1,\"replicate\":-5")]
    [InlineData("\"start\":\"2", "\"start\":\"0")]
    [InlineData("\"nonce\":\"", "\"nonce\":\"\\ud800")]
    public async Task Of_a_record_are_reported_at_its_stage(string from, string to)
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        Forge("first", from, to);

        var built = await _site.BuildAsync(Items);

        var error = Assert.Single(built.Errors);
        Assert.Equal(("LNX3001", "first"), (error.Code, error.Item?.Include));
        Assert.Equal(["reads"], built.Events.OfType<BuildEvent.Skipped>().Select(s => s.Stage.ToString()));
        Assert.Equal("2", _site.Result("other/a"));
        Assert.Contains(_site.Damages(), d => d.Contains("/run.", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Of_a_plan_are_reported_at_their_stage()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        Forge("first", "\"order\":1", "\"order\":9223372036854775807");

        var plan = await _site.BuildAsync(Items, BuildMode.Plan);

        var planned = plan.Events.OfType<BuildEvent.Planned>().ToDictionary(p => p.Stage.ToString(), p => p.Action);
        Assert.Equal((PlannedAction.Fail, PlannedAction.Reuse, PlannedAction.Fail), (planned["first"], planned["other"], planned["reads"]));
    }

    // The bytes are changed, and their name with them: what a hash alone does not find.
    void Forge(string stage, string from, string to)
    {
        using var store = _site.Open();
        var resolved = store.Roots.Read(_site.ProjectFile).Stages[stage].Resolved;
        var folder = Path.Combine(_site.StoreFolder, "resolved", resolved.ToString());
        var file = Directory.GetFiles(folder, "run.*").Single();
        var text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var forged = System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        File.Delete(file);
        File.WriteAllBytes(Path.Combine(folder, $"run.{Digest.Of(forged)}.json"), forged);
    }
}
