using System.Diagnostics;
using CsCheck;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>What needs what.</summary>
public class Graphs
{
    static readonly Gen<ImmutableArray<ImmutableArray<int>>> Random = Gen.Int[1, 12].SelectMany(n =>
        Gen.Int[0, n - 1].HashSet[0, Math.Min(3, n)].Select(set => set.Order().ToImmutableArray()).Array[n]
            .Select(a => a.ToImmutableArray()));

    /// <summary>
    /// Each node needs only nodes that come before it in some order: made so, because to wait for one without a cycle among any can take
    /// too long.
    /// </summary>
    static readonly Gen<ImmutableArray<ImmutableArray<int>>> Acyclic = Random.SelectMany(
        needs => Gen.Shuffle(Enumerable.Range(0, needs.Length).ToArray()),
        (needs, place) => needs.Select((n, node) => n.Where(other => place[other] < place[node]).ToImmutableArray()).ToImmutableArray());

    [Fact]
    public void Have_cycles_exactly_where_they_cannot_be_ordered() => Random.Sample(needs =>
    {
        var cycles = Cycles.Of(needs).ToList();

        Assert.Equal(cycles.Count == 0, StageOrder.Of(needs).Length == needs.Length);
        Assert.All(cycles,
            cycle => Assert.All(cycle.Zip([.. cycle[1..], cycle[0]]), step => Assert.Contains(step.Second, needs[step.First])));
        Assert.All(cycles, cycle => Assert.Equal((cycle.Distinct().Count(), cycle.Min()), (cycle.Length, cycle[0])));
        Assert.Equal(cycles.Count, cycles.Select(c => string.Join(' ', c)).Distinct().Count());
        var onCycle = Enumerable.Range(0, needs.Length).Where(n => Reaches(needs, n, n));
        Assert.Equal(onCycle, cycles.SelectMany(c => c).Distinct().Order());
    });

    [Fact]
    public void Are_ordered_after_their_needs_and_by_number() => Acyclic.Sample(needs =>
    {
        var order = StageOrder.Of(needs);

        var done = new SortedSet<int>();
        foreach (var stage in order)
        {
            var ready = Enumerable.Range(0, needs.Length).Where(s => !done.Contains(s) && needs[s].All(done.Contains));
            Assert.Equal(ready.First(), stage);
            done.Add(stage);
        }
    });

    [Theory]
    [InlineData("chain")]
    [InlineData("wide")]
    [InlineData("matrix")]
    [Trait("Speed", "Slow")]
    public void Of_ten_thousand_stages_are_planned_quickly(string shape)
    {
        const int Count = 10_000;
        var items = Enumerable.Range(0, Count).SelectMany(n => shape switch
        {
            "chain" => [Stage(n, n == 0 ? "true" : $"cat @{{s{n - 1}/x}} > @{{out}}/x"), Promise(n)],
            "wide" => [Stage(n, n < 100 ? "true" : $"cat @{{s{n % 100}/x}} @{{s{(n * 7) % 100}/x}} > @{{out}}/x"), Promise(n)],
            _ => n > 1 ? Array.Empty<DeclaredItem>()
                : [n == 0 ? Stage(0, "true", ("Matrix", $"n={string.Join(',', Enumerable.Range(0, Count))}")) : Stage(1, "cat @{s0/x}"),
                Promise(n)],
        });
        var project = LnProj.Parse("").With(items);
        Planner.Plan(LnProj.Parse("""<Stage Include="warm" Command="true" />"""), FakeContents.Usual);

        var watch = Stopwatch.StartNew();
        var result = Planner.Plan(project, FakeContents.Usual);

        Assert.Empty(result.Diagnostics);
        Assert.True(result.Plan!.Stages.Length >= Count);
        // A quarter of a second on a quiet machine; the limit is for what would grow with the square, and leaves room for a busy one.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void Of_ten_thousand_stages_in_a_ring_are_one_mistake()
    {
        const int Count = 10_000;
        var project = LnProj.Parse("").With(Enumerable.Range(0, Count).Select(n => Stage(n, $"cat @{{s{(n + 1) % Count}}}")));

        var diagnostic = Assert.Single(Planner.Plan(project, FakeContents.Usual).Diagnostics);

        Assert.Equal("LNX1004", diagnostic.Code);
        Assert.StartsWith("s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> s7 -> s8 -> s9 -> … 9981 more … -> s9991 ->", diagnostic.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_ten_thousand_misspelled_stages_are_reported_quickly()
    {
        const int Count = 10_000;
        var project = LnProj.Parse("").With(Enumerable.Range(0, Count).Select(n => Stage(n, "cat @{trian}")));

        var watch = Stopwatch.StartNew();
        var result = Planner.Plan(project, FakeContents.Usual);

        Assert.Equal(Count, result.Diagnostics.Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 120);
    }

    static bool Reaches(ImmutableArray<ImmutableArray<int>> needs, int from, int to)
    {
        var seen = new SortedSet<int>();
        var open = new Stack<int>([from]);
        while (open.TryPop(out var node))
        {
            foreach (var next in needs[node])
            {
                if (next == to)
                    return true;
                if (seen.Add(next))
                    open.Push(next);
            }
        }
        return false;
    }

    static DeclaredItem Stage(int n, string command, params (string Name, string Value)[] more) =>
        new(ItemKind.Stage, $"s{n}",
            DeclaredItem.NoMetadata.Add("Command", command).AddRange(more.Select(m => KeyValuePair.Create(m.Name, m.Value))), 0);

    static DeclaredItem Promise(int n) => new(ItemKind.Promise, "x", DeclaredItem.NoMetadata.Add("Stage", $"s{n}"), 0);
}
