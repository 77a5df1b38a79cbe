using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Several stages adopt at once, and have the same runs before or afterwards.</summary>
public sealed class AdoptionsOfSeveralStages : IDisposable
{
    const string Two = """
        <Stage Include="a" Command="echo @{seed} > @{out}/m; : va" /><Promise Include="m" Stage="a" />
        <Stage Include="b" Command="echo @{seed} > @{out}/m; : vb" /><Promise Include="m" Stage="b" />
        """;

    readonly Site _site = new();

    static AdoptOptions Comment { get; } = new("a comment", InputsToo: false, Writes: true);

    public void Dispose() => _site.Dispose();

    [Building.LinuxFact]
    public async Task Of_two_stages_that_are_one_now_are_refused_where_their_results_differ()
    {
        Assert.True((await _site.BuildAsync(Two)).Succeeded);
        var result = _site.Result("b/m");
        var edited = Two.Replace(": va", ": v", StringComparison.Ordinal).Replace(": vb", ": v", StringComparison.Ordinal);

        var error = Assert.Single((await _site.AdoptAsync(edited, "a b", Comment)).Errors);

        Assert.Matches("stage '[ab]' adopts nothing: its runs are now those of '[ab]'.*: adopt one of the two$", error.Message);
        Assert.Empty((await _site.AdoptAsync(edited, "b", Comment)).Errors);
        Assert.Empty((await _site.BuildAsync(edited)).Ran);
        Assert.Equal(result, _site.Result("b/m"));
    }

    [Building.LinuxFact]
    public async Task Of_two_stages_that_always_were_one_are_taken_once()
    {
        var one = Two.Replace(": va", ": v", StringComparison.Ordinal).Replace(": vb", ": v", StringComparison.Ordinal);
        Assert.True((await _site.BuildAsync(one)).Succeeded);
        var edited = one.Replace(": v", ": w", StringComparison.Ordinal);

        Assert.Empty((await _site.AdoptAsync(edited, "a b", Comment)).Errors);

        Assert.Empty((await _site.BuildAsync(edited)).Ran);
        Assert.Single(Runs());
    }

    [Building.LinuxFact]
    public async Task Of_several_stages_are_taken_where_some_are_there_already()
    {
        Assert.True((await _site.BuildAsync(Two)).Succeeded);
        var edited = Two.Replace(": v", ": w", StringComparison.Ordinal);
        Assert.Empty((await _site.AdoptAsync(edited, "a", Comment)).Errors);

        var adopted = await _site.AdoptAsync(edited, "a b", Comment);

        Assert.Empty(adopted.Errors);
        Assert.Contains(adopted.Events.OfType<BuildEvent.Hint>(), h => h.Text.Contains("these numbers already", StringComparison.Ordinal));
        Assert.Empty((await _site.BuildAsync(edited)).Ran);
    }

    [Building.LinuxFact]
    public async Task Do_not_count_beside_a_run_with_their_number()
    {
        const string items = """
            <Stage Include="a" Command="head -c 9 /dev/urandom | base64 > @{out}/m; : v" /><Promise Include="m" Stage="a" />
            <Matcher Include="a" Select="Only" />
            """;
        Assert.True((await _site.BuildAsync(items)).Succeeded);
        var edited = items.Replace(": v", ": w", StringComparison.Ordinal);
        Assert.Empty((await _site.AdoptAsync(edited, "a", Comment)).Errors);
        _site.Adapt = r => r with { Options = r.Options with { Adopted = AdoptedResults.Refuse } };
        Assert.Equal(["a#1"], (await _site.BuildAsync(edited)).Ran);
        var made = _site.Result("a/m");
        _site.Adapt = r => r;

        var built = await _site.BuildAsync(edited);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Empty(built.Ran);
        Assert.Equal(made, _site.Result("a/m"));
        var again = edited.Replace(": w", ": x", StringComparison.Ordinal);
        Assert.Empty((await _site.AdoptAsync(again, "a", Comment)).Errors);
        Assert.Empty((await _site.BuildAsync(again)).Ran);
        Assert.Single(Runs());
    }

    List<Run> Runs()
    {
        using var store = _site.Open();
        return [.. store.Records.History(store.Roots.Read(_site.ProjectFile).Stages["a"].Resolved).Runs];
    }
}
