namespace Lightnix.Cli;

/// <summary>A stage for which two projects, or two lock files, have another choice.</summary>
/// <param name="Before">Null: the first does not have the stage.</param>
/// <param name="Now">Null: the second does not have it.</param>
sealed record StageChange(string Stage, Choice? Before, Choice? Now)
{
    public static ImmutableArray<StageChange> Between(
        ImmutableSortedDictionary<string, Choice> before, ImmutableSortedDictionary<string, Choice> now) =>
    [
        .. before.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
            .Select(s => new StageChange(s, before.GetValueOrDefault(s), now.GetValueOrDefault(s)))
            .Where(c => c.Before is null || !c.Before.IsSame(c.Now)),
    ];

    /// <summary>Stage, both choices and both metrics.</summary>
    public string[] Row => [Stage, Before?.Short ?? "none", Now?.Short ?? "none", Metric(Before), Metric(Now)];

    static string Metric(Choice? choice) => string.Join(' ', choice?.Results.Select(r => r.Metric).OfType<string>() ?? []);
}
