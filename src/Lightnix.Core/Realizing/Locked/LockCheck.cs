using System.Collections.Immutable;
using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Compares what is declared with what a lock file pins, before anything is looked for in the store but former derivations.</summary>
public static class LockCheck
{
    /// <summary>Everything that does not match (LNX1012), by stage; what differs only because an input does is not told twice.</summary>
    /// <param name="asked">True for stages that the build was asked for, with their closure.</param>
    /// <param name="placeOf">Where the lock file speaks of a stage.</param>
    public static ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>> Problems(Plan plan, Func<StageName, bool> asked, LockFile file, IResults results, Func<StageName, TextPlace> placeOf)
    {
        var problems = ImmutableSortedDictionary.CreateBuilder<StageName, ImmutableArray<Diagnostic>>();
        var changed = new HashSet<StageName>();
        foreach (var stage in plan.Stages)
        {
            if (file.Stages.GetValueOrDefault(stage.Name) is not { } pins)
            {
                changed.Add(stage.Name);
                if (asked(stage.Name))
                    problems.Add(stage.Name, [LockErrors.NotPinned(stage)]);
                continue;
            }
            var found = ImmutableArray.CreateBuilder<Diagnostic>();
            if (pins.Derivation != stage.Reference && changed.Add(stage.Name) && Differences(stage, pins, changed, results) is { } differences)
                found.Add(LockErrors.Changed(stage, pins.Derivation, differences));
            // Another matcher may give other folders to what reads the stage, which would be blamed on that.
            if (Explaining.Differences.Between(pins.Matcher, stage.Matcher) is { IsEmpty: false } fields)
                found.Add(LockErrors.MatcherChanged(stage, fields));
            else if (pins.Results.Length > 1 && !stage.Matcher.IsPlural)
                found.Add(LockErrors.Several(stage, pins.Results.Length));
            if (found.Count > 0 && asked(stage.Name))
                problems.Add(stage.Name, found.ToImmutable());
        }
        foreach (var gone in file.Stages.Keys.Where(name => plan.Find(name) is null))
            problems.Add(gone, [LockErrors.Gone(gone, placeOf(gone))]);
        return problems.ToImmutable();
    }

    // Null: nothing but derivations of inputs that have changed themselves.
    static ImmutableArray<Cause>? Differences(PlannedStage stage, LockedStage pins, HashSet<StageName> changed, IResults results)
    {
        var below = stage.Inputs.Where(i => changed.Contains(i.Stage)).Select(i => i.At).ToHashSet(StringComparer.Ordinal);
        if (results.Find(pins.Derivation) is not { } old)
            return below.Count > 0 ? null : [];
        var now = stage.Derivation with
        {
            Inputs = [.. stage.Derivation.Inputs.Select(i => below.Contains(i.At) && old.Inputs.FirstOrDefault(o => o.At == i.At) is { } before ? i with { Derivation = before.Derivation } : i)],
        };
        var differences = Explaining.Differences.Between(old, now);
        if (old.Name.ToString() != now.Name.ToString())
            differences = differences.Insert(0, new("its name", old.Name.ToString(), now.Name.ToString()));
        return differences.IsEmpty ? null : differences;
    }
}
