using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Tests of promises, <c>--no-build</c>, an IDE and generated classes read what the last build chose.</summary>
public sealed class A_choice_that_is_looked_up : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxTheory]
    [InlineData(Sweep.Best)]
    [InlineData(Sweep.Median)]
    public async Task Has_the_promises_of_its_candidates(string choice)
    {
        var items = Sweep.Of("0.1,0.3,0.2", choice);
        await _site.BuildAsync(items);
        var said = new List<BuildEvent>();

        var tested = ProjectQueries.TestPromises(_site.Request(items), said.Add);
        var recalled = ProjectQueries.Recall(_site.Request(items), mustBeBuilt: true, said.Add);

        Assert.Empty(said);
        Assert.Equal(["accuracy.txt", "model.bin"], tested.Where(t => t.Stage.IsChoice && t.IsKept).Select(t => t.Promise.Path.ToString()));
        Assert.Equal(choice == Sweep.Best ? 0.3 : 0.2,
            Assert.Single(Assert.Single(Assert.Single(recalled, s => s.Stage.IsChoice).Numbers).Values));
    }

    [LinuxFact]
    public async Task Has_promises_of_its_own_where_those_of_another_project_are_not_known()
    {
        var items = Sweep.Of("0.1,0.3", Sweep.Best, more: """<Promise Include="accuracy.txt" Stage="model" Type="Number" />""");
        await _site.BuildAsync(items);
        var said = new List<BuildEvent>();

        var tested = ProjectQueries.TestPromises(
            _site.Request(items.Replace("\"train\" />\n<Matcher", "\"train;data:train\" />\n<Matcher", StringComparison.Ordinal)), said.Add);

        Assert.Empty(said);
        Assert.Equal(["accuracy.txt"], tested.Where(t => t.Stage.IsChoice && t.IsKept).Select(t => t.Promise.Path.ToString()));
    }
}
