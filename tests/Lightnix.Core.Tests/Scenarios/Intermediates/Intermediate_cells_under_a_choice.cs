using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>The best of a sweep whose cells are intermediate.</summary>
public sealed class Intermediate_cells_under_a_choice : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    static string Items(string order = "Max", string more = "") => $$"""
        <Stage Include="train" Matrix="x=1,2,3" Intermediate="true"
               Command="echo @{params.x} > @{out}/n; echo weights of @{params.x} > @{out}/model" />
        <Promise Include="n" Stage="train" Type="Number" /><Promise Include="model" Stage="train" />
        <Stage Include="best" From="train" /><Matcher Include="best" Select="Best" Metric="n" Order="{{order}}" />
        <Stage Include="last" Command="cat @{best/model} > @{out}/a" /><Promise Include="a" Stage="last" />
        {{more}}
        """;

    string[] There(string path = "model") =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_site.StoreFolder, "trees"), path, SearchOption.AllDirectories).Select(File.ReadAllText)
            .Select(t => t.Trim()).Order(StringComparer.Ordinal),
    ];

    static async Task<Site.Built> BuildAsync(Site site, string items)
    {
        var built = await site.BuildAsync(items);
        Assert.True(built.Succeeded, built.ToString());
        return built;
    }

    [LinuxFact]
    public async Task Leave_the_winner()
    {
        await BuildAsync(_site, Items());

        Assert.Equal(["weights of 3"], There());
        Assert.Equal("weights of 3", _site.Result("best/model"));
        Assert.Equal("weights of 3", _site.Result("last/a"));
        Assert.Empty(_site.Damages());
        Assert.Empty((await BuildAsync(_site, Items())).Ran);
    }

    [LinuxFact]
    public async Task Are_made_again_where_another_wins()
    {
        await BuildAsync(_site, Items());

        var built = await BuildAsync(_site, Items("Min"));

        Assert.Equal(["last#1", "train-1#1"], built.Ran);
        Assert.Equal("weights of 1", _site.Result("best/model"));
        Assert.Equal(["weights of 1"], There());
    }

    [LinuxFact]
    public async Task Are_planned_as_they_are_built()
    {
        await BuildAsync(_site, Items());

        var plan = await _site.BuildAsync(Items("Min"), Realizing.BuildMode.Plan);

        Assert.Equal(["best: Reuse", "last: Run", "train-1: Run", "train-2: Reuse", "train-3: Reuse"],
            plan.Events.OfType<BuildEvent.Planned>().Select(p => $"{p.Stage}: {p.Action}").Order(StringComparer.Ordinal));
    }

    [LinuxFact]
    public async Task Stay_where_another_checkout_selects_the_loser()
    {
        using var other = new Site(_site.StoreFolder);
        await BuildAsync(other, Items("Min"));
        Assert.Equal(["weights of 1"], There());

        await BuildAsync(_site, Items());
        Assert.Equal(["weights of 1", "weights of 3"], There());

        Assert.Empty((await BuildAsync(_site, Items())).Ran);
        Assert.Empty((await BuildAsync(other, Items("Min"))).Ran);
        Assert.Equal(["weights of 1", "weights of 3"], There());
        Assert.Equal(("weights of 3", "weights of 1"), (_site.Result("best/model"), other.Result("best/model")));
    }

    [LinuxFact]
    public async Task Are_made_again_where_the_choice_promises_more_of_them()
    {
        await BuildAsync(_site, Items());

        var built = await BuildAsync(_site, Items(more: """<Promise Include="model" Stage="best" Type="Text" />"""));

        Assert.Equal(["train-1#1", "train-2#1"], built.Ran);
        Assert.Equal(["weights of 3"], There());
        Assert.Empty((await BuildAsync(_site, Items(more: """<Promise Include="model" Stage="best" Type="Text" />"""))).Ran);
    }
}
