namespace Lightnix.Model;

/// <summary>What a build changed about the choice for a stage.</summary>
/// <param name="Before">Null: there was none.</param>
/// <param name="Now">The realizations that it chose; empty: the stage is gone. A later build, or the root, has the rest.</param>
public sealed record ChoiceShift(Selection? Before, ImmutableArray<Reference<Realization>> Now)
{
    /// <summary>Choices that differ between two roots of one project, by stage.</summary>
    public static ImmutableSortedDictionary<string, ChoiceShift> Between(Root before, Root now)
    {
        var shifts = ImmutableSortedDictionary.CreateBuilder<string, ChoiceShift>(StringComparer.OrdinalIgnoreCase);
        if (ReferenceEquals(before.Stages, now.Stages))
            return shifts.ToImmutable();
        foreach (var (stage, selection) in now.Stages)
        {
            if (!selection.Choice.IsSame(before.Stages.GetValueOrDefault(stage)?.Choice))
                shifts.Add(stage, new(before.Stages.GetValueOrDefault(stage), Of(selection)));
        }
        foreach (var (stage, selection) in before.Stages)
        {
            if (!now.Stages.ContainsKey(stage))
                shifts.Add(stage, new(selection, []));
        }
        return shifts.ToImmutable();
    }

    /// <summary>The realizations of a choice; none where there is no choice.</summary>
    public static ImmutableArray<Reference<Realization>> Of(Selection? selection) =>
        selection is null ? [] : [.. selection.Choice.Realizations];

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .WithOptional("before", Before?.ToJson()).WithOptional("now", JsonValue.Texts(Now.Select(r => r.ToString())).Items);

    internal static ChoiceShift FromJson(JsonValue.Object json) => new(
        json.Find("before") is null ? null : Selection.FromJson(json.Object("before")),
        [.. json.OptionalTexts("now").Select(Reference<Realization>.Parse)]);
}
