using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Finds stages that may resolve to the same derivation: those alike in all but their name and the derivations of their inputs. A
/// stage is matched after all runs that any stage with the same resolved derivation needs, so such stages wait until all of them are
/// resolved before one is matched.</summary>
public static class PeerStages
{
    /// <summary>For each stage that has peers, all of them with itself. A group whose members would wait for each other in a circle (one
    /// depends on another) is left out: each of them is then matched by itself.</summary>
    public static ImmutableDictionary<StageName, ImmutableArray<PlannedStage>> Of(Plan plan)
    {
        var groups = plan.Stages
            .Where(s => s.Derivation.Builder.Runs)
            .GroupBy(Shape)
            .Where(g => g.Skip(1).Any())
            .Select(g => g.OrderBy(s => s.Name).ToImmutableArray())
            .OrderBy(g => g[0].Name)
            .ToImmutableArray();
        var none = ImmutableDictionary<StageName, ImmutableArray<PlannedStage>>.Empty;
        var all = groups.Aggregate(none, With);
        if (groups.IsEmpty || IsAcyclic(plan, all))
            return all;
        var accepted = none;
        foreach (var more in groups.Select(group => With(accepted, group)))
        {
            if (IsAcyclic(plan, more))
                accepted = more;
        }
        return accepted;
    }

    static ImmutableDictionary<StageName, ImmutableArray<PlannedStage>> With(
        ImmutableDictionary<StageName, ImmutableArray<PlannedStage>> peers, ImmutableArray<PlannedStage> group) =>
        peers.SetItems(group.Select(s => KeyValuePair.Create(s.Name, group)));

    static Digest Shape(PlannedStage stage)
    {
        ImmutableArray<InputEntry> inputs = [.. stage.Derivation.Inputs.Select(i => i with { Derivation = NoDerivation })];
        return (stage.Derivation with { Name = NoName, Inputs = inputs }).Reference().Digest;
    }

    static StageName NoName { get; } = StageName.Parse("any");
    static Reference<Derivation> NoDerivation { get; } = new(Digest.Of([]));

    // Matching a stage waits for the resolution of its peers; resolving a stage waits for the matching of its inputs. Kahn's algorithm over
    // both kinds of nodes.
    static bool IsAcyclic(Plan plan, ImmutableDictionary<StageName, ImmutableArray<PlannedStage>> peers)
    {
        var waits = new Dictionary<(StageName, bool Matched), int>();
        var wakes = new Dictionary<(StageName, bool Matched), List<(StageName, bool)>>();
        foreach (var stage in plan.Stages)
        {
            Wait((stage.Name, false), stage.Inputs.Where(i => i.Stage.Project is null).Select(i => (i.Stage, true)));
            Wait((stage.Name, true),
                peers.TryGetValue(stage.Name, out var group) ? group.Select(p => (p.Name, false)) : [(stage.Name, false)]);
        }
        var ready = new Queue<(StageName, bool)>(waits.Where(w => w.Value == 0).Select(w => w.Key));
        var done = 0;
        for (; ready.TryDequeue(out var node); done++)
        {
            foreach (var woken in wakes.GetValueOrDefault(node) ?? [])
            {
                if (--waits[woken] == 0)
                    ready.Enqueue(woken);
            }
        }
        return done == waits.Count;

        void Wait((StageName, bool) node, IEnumerable<(StageName, bool)> befores)
        {
            waits.TryAdd(node, 0);
            foreach (var before in befores.Distinct())
            {
                waits[node]++;
                if (!wakes.TryGetValue(before, out var woken))
                    wakes.Add(before, woken = []);
                woken.Add(node);
            }
        }
    }
}
