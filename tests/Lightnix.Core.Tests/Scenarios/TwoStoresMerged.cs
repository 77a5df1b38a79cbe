using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>
/// The base is random. What was built from one base comes from another store, what is built here from another base: a stage that needs both
/// must see one.
/// </summary>
public sealed class TwoStoresMerged : IDisposable
{
    readonly Site _there = new();
    readonly Site _here = new();

    public void Dispose()
    {
        _there.Dispose();
        _here.Dispose();
    }

    static string Items(string matcher = "") => $$"""
        <Stage Include="base" Command="head -c 8 /dev/urandom | od -An -tx1 > @{out}/a" /><Promise Include="a" Stage="base" />
        <Stage Include="dep1" Command="cat @{base/a} > @{out}/a; echo 1 >> @{out}/a" /><Promise Include="a" Stage="dep1" />
        <Stage Include="dep2" Command="cat @{base/a} > @{out}/a; echo 2 >> @{out}/a" /><Promise Include="a" Stage="dep2" />
        <Stage Include="both" Inputs="base"
               Command="head -n1 @{dep1/a} > @{out}/one; head -n1 @{dep2/a} > @{out}/two; cat @{base/a} > @{out}/base" />
        <Promise Include="one" Stage="both" /><Promise Include="two" Stage="both" /><Promise Include="base" Stage="both" />
        {{matcher}}
        """;

    async Task BothAreBuiltApart(string first, string second)
    {
        Assert.True((await _there.BuildAsync(Items(), stages: first)).Succeeded);
        Assert.True((await _here.BuildAsync(Items(), stages: second)).Succeeded);
        Assert.NotEqual(_there.Result("base/a"), _here.Result("base/a"));
        _here.Sh($"cd {_there.StoreFolder}; cp -an derivations resolved listings trees files logs {_here.StoreFolder}/");
        Assert.Empty(_here.Damages());
    }

    [LinuxTheory]
    [InlineData("dep1", "dep2")]
    [InlineData("dep2", "dep1")]
    public async Task Give_one_base_to_all_that_need_it(string there, string here)
    {
        await BothAreBuiltApart(there, here);

        var built = await _here.BuildAsync(Items());

        Assert.True(built.Succeeded, built.ToString());
        var chosen = _here.Result("base/a");
        Assert.All(["both/one", "both/two", "both/base", "dep1/a", "dep2/a"], file => Assert.Equal(chosen, _here.Result(file)));
        // The one that was made from the base that is not chosen is made again, and the other is not.
        Assert.Equal(["both#1", $"{(chosen == _there.Result("base/a") ? here : there)}#1"], built.Ran);
        Assert.Empty(_here.Damages());
        Assert.Empty((await _here.BuildAsync(Items())).Ran);
    }

    [LinuxFact]
    public async Task Give_the_one_that_is_asked_for_and_nothing_of_the_other()
    {
        await BothAreBuiltApart("dep1", "dep2");
        (string Base, string Matcher) Of(Site site)
        {
            using var store = site.Open();
            var made = store.Roots.Read(site.ProjectFile).Stages["base"].Results[0].Realization;
            return (site.Result("base/a"), $"""<Matcher Include="base" Select="Exact" Realizations="{made}" />""");
        }

        var (theirs, ours) = (Of(_there), Of(_here));
        foreach (var ((wanted, matcher), made) in new[] { (theirs, "dep2#1"), (ours, "dep1#1") })
        {
            Assert.Equal(["both#1", made], (await _here.BuildAsync(Items(matcher))).Ran);
            Assert.Equal((wanted, wanted), (_here.Result("both/one"), _here.Result("both/two")));
        }
    }

    [LinuxFact]
    public async Task Are_refused_where_there_may_be_one_only()
    {
        await BothAreBuiltApart("dep1", "dep2");

        var built = await _here.BuildAsync(Items("""<Matcher Include="base" Select="Only" />"""));

        Assert.Equal("LNX2005", Assert.Single(built.Errors).Code);
        Assert.Empty(built.Ran);
        Assert.Equal(3, built.Events.OfType<BuildEvent.Skipped>().Count());
    }
}
