using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Finds what the last builds of a project did, and what was chosen after each of them.</summary>
public sealed class BuildQuery(Store store)
{
    /// <summary>Builds that did something, the last first. The choices before the oldest of them are one build more, if there were
    /// any.</summary>
    public ImmutableArray<RememberedBuild> Of(Root root)
    {
        var (chosen, found) = (root.Stages, ImmutableArray.CreateBuilder<RememberedBuild>());
        foreach (var build in store.Roots.Builds(root.Project))
        {
            if (WasNotPublished(build, chosen))
                continue;
            found.Add(new(found.Count + 1, build, chosen));
            chosen = Before(build, chosen);
        }
        if (!chosen.IsEmpty)
            found.Add(new(found.Count + 1, null, chosen));
        return found.ToImmutable();
    }

    // A process that was killed has noted a build and not changed the root.
    static bool WasNotPublished(PastBuild build, ImmutableSortedDictionary<string, Selection> chosen) => !build.Shifts.IsEmpty
        && build.Shifts.All(s => ChoiceShift.Of(chosen.GetValueOrDefault(s.Key)).SequenceEqual(ChoiceShift.Of(s.Value.Before)));

    static ImmutableSortedDictionary<string, Selection> Before(PastBuild build, ImmutableSortedDictionary<string, Selection> chosen)
    {
        foreach (var (stage, shift) in build.Shifts)
            chosen = shift.Before is { } before ? chosen.SetItem(stage, before) : chosen.Remove(stage);
        return chosen;
    }
}
