namespace Lightnix.Model;

/// <summary>A build of a project that ran something or changed a choice. It names results and keeps none from garbage collection.</summary>
/// <param name="Who">As <c>user@machine</c>.</param>
/// <param name="Ran">Runs by stage.</param>
/// <param name="Shifts">Changes of choices by stage: the root has what is chosen now, and each build what was chosen before it.</param>
public sealed record PastBuild(
    DateTimeOffset Start, DateTimeOffset End, string Who,
    ImmutableSortedDictionary<string, RunsMade> Ran, ImmutableSortedDictionary<string, ChoiceShift> Shifts) : IRecord<PastBuild>
{
    public static string Format => "lightnix/build/1";

    /// <inheritdoc cref="RunFacts.Revision"/>
    public string? Revision { get; init; }

    /// <inheritdoc cref="RunFacts.Dirty"/>
    public bool? Dirty { get; init; }

    /// <summary>Stages that it tried and could not choose for, sorted.</summary>
    public ImmutableArray<string> Failed { get; init; } = [];

    /// <summary>False for a build that need not be remembered.</summary>
    public bool DidSomething => !Ran.IsEmpty || !Shifts.IsEmpty || !Failed.IsEmpty;

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty.With("start", RunFacts.Utc(Start)).With("end", RunFacts.Utc(End)).With("who", Who)
            .WithOptional("revision", Revision)
            .With("ran", JsonValue.Object.Of(Ran, r => r.ToJson()))
            .With("choices", JsonValue.Object.Of(Shifts, s => s.ToJson()))
            .WithOptional("failed", JsonValue.Texts(Failed).Items);
        return Dirty is { } dirty ? json.With("dirty", dirty) : json;
    }

    public static PastBuild FromJson(JsonValue.Object json) => new(
        RunFacts.FromUtc(json.Text("start")), RunFacts.FromUtc(json.Text("end")), json.Text("who"),
        Read(json.Object("ran"), RunsMade.FromJson), Read(json.Object("choices"), ChoiceShift.FromJson))
    {
        Failed = json.OptionalTexts("failed"),
        Revision = json.OptionalText("revision"),
        Dirty = json.Find("dirty") is null ? null : json.Flag("dirty"),
    };

    static ImmutableSortedDictionary<string, T> Read<T>(JsonValue.Object byStage, Func<JsonValue.Object, T> read) =>
        byStage.Members.Keys.ToImmutableSortedDictionary(s => s, s => read(byStage.Object(s)), StringComparer.OrdinalIgnoreCase);
}
