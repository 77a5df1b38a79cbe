namespace Lightnix.Queries;

/// <summary>A build of a project, with what was chosen after it.</summary>
/// <param name="Number">1 is the last build, 2 the one before.</param>
/// <param name="Build">What it did; null where the store remembers only what it chose.</param>
/// <param name="Chosen">The choice for each stage after this build.</param>
public sealed record RememberedBuild(int Number, PastBuild? Build, ImmutableSortedDictionary<string, Selection> Chosen)
{
    /// <summary>The stages for which it ran something, changed the choice, or could not choose, sorted.</summary>
    public IEnumerable<string> Stages => Build is null ? []
        : Build.Ran.Keys.Concat(Build.Shifts.Keys).Union(Build.Failed, StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if it ran something for a stage or changed the choice.</summary>
    public bool Changed(string stage) => Build?.Ran.ContainsKey(stage) == true || Build?.Shifts.ContainsKey(stage) == true;

    /// <summary>What was chosen for a stage before this build; null: nothing.</summary>
    public Selection? Before(string stage) =>
        Build?.Shifts.TryGetValue(stage, out var shift) == true ? shift.Before : Chosen.GetValueOrDefault(stage);
}
