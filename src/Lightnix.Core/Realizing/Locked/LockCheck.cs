using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Compares declarations with the pins of a lock file. Of the store it reads former derivations only.</summary>
public static class LockCheck
{
    /// <summary>All differences (LNX1012), by stage. A stage that differs only because an input does is not reported.</summary>
    /// <param name="isRequested">True for stages that the build was asked for, with their closure.</param>
    /// <param name="mayFail">True for stages that need no result, and no pin.</param>
    /// <param name="placeOf">The place of a stage in the lock file.</param>
    public static async ValueTask<ImmutableSortedDictionary<StageName, ImmutableArray<Diagnostic>>> ProblemsAsync(
        Plan plan, Func<StageName, bool> isRequested, Func<StageName, bool> mayFail, LockFile file, ITraces traces,
            Func<StageName, TextPlace> placeOf, CancellationToken cancellationToken)
    {
        var problems = ImmutableSortedDictionary.CreateBuilder<StageName, ImmutableArray<Diagnostic>>();
        var changed = new HashSet<StageName>();
        foreach (var stage in plan.Stages)
        {
            if (file.Stages.GetValueOrDefault(stage.Name) is not { } pins)
            {
                changed.Add(stage.Name);
                if (isRequested(stage.Name) && !mayFail(stage.Name))
                    problems.Add(stage.Name, [LockErrors.NotPinned(stage)]);
                continue;
            }
            var found = ImmutableArray.CreateBuilder<Diagnostic>();
            if (pins.Derivation != stage.Reference)
            {
                changed.Add(stage.Name);
                var old = await traces.FindAsync(pins.Derivation, cancellationToken).ConfigureAwait(false);
                if (Differences(stage, old, changed) is { } differences)
                    found.Add(LockErrors.Changed(stage, pins.Derivation, differences));
            }
            // Another matcher may give other folders to the stages that read this one, and they would be reported instead.
            if (Explaining.Differences.Between(pins.Matcher, stage.Matcher) is { IsEmpty: false } fields)
                found.Add(LockErrors.MatcherChanged(stage, fields));
            else if (pins.Results.Length > 1 && !stage.Matcher.IsPlural)
                found.Add(LockErrors.Several(stage, pins.Results.Length));
            if (found.Count > 0 && isRequested(stage.Name))
                problems.Add(stage.Name, found.ToImmutable());
        }
        foreach (var gone in file.Stages.Keys.Where(name => plan.Find(name) is null))
            problems.Add(gone, [LockErrors.Gone(gone, placeOf(gone))]);
        return problems.ToImmutable();
    }

    // Null: nothing but derivations of inputs that have changed themselves.
    static ImmutableArray<Cause>? Differences(PlannedStage stage, Derivation? old, HashSet<StageName> changed)
    {
        var below = stage.Inputs.Where(i => changed.Contains(i.Stage)).Select(i => i.At).ToHashSet(StringComparer.Ordinal);
        if (old is null)
            return below.Count > 0 ? null : [];
        var now = stage.Derivation with
        {
            Inputs = [.. stage.Derivation.Inputs.Select(i => below.Contains(i.At)
                && old.Inputs.FirstOrDefault(o => o.At == i.At) is { } before ? i with { Derivation = before.Derivation } : i)],
        };
        var differences = Explaining.Differences.Between(old, now);
        if (old.Name.ToString() != now.Name.ToString())
            differences = differences.Insert(0, new("its name", old.Name.ToString(), now.Name.ToString()));
        return differences.IsEmpty ? null : differences;
    }
}
