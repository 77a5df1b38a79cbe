namespace Lightnix.Explaining;

/// <summary>What a build would do with a stage, and why.</summary>
public sealed record StageReason(StageName Stage, PlannedAction Action, Reason Reason)
{
    /// <summary>Where another result is chosen than by the last build, without a run; null: the same, or not known yet.</summary>
    public ChoiceNews? News { get; init; }

    /// <summary>Inputs, by their folders below <c>in/</c>, whose stages are in the same report under another name: of another
    /// project.</summary>
    public ImmutableArray<string> Explained { get; init; } = [];

    /// <summary>True where a build would do something for it, or fail.</summary>
    public bool IsOpen => Action is not (PlannedAction.Reuse or PlannedAction.PassOver);

    public JsonValue.Object ToJson() => Reason.ToJson().With("stage", Stage.ToString()).With("action", Action.ToString())
        .With("why", JsonValue.Texts(Reason.Sentences)).WithOptional("news", News?.ToJson());

    /// <summary>The JSON in one line.</summary>
    public string ToText() => CanonicalJson.ToText(ToJson());

    /// <exception cref="FormatException">The text is not one of <see cref="ToText"/>.</exception>
    public static StageReason Parse(string text) =>
        JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out var json, out _) && json is JsonValue.Object plan
            ? new(StageName.ParseOfAny(plan.Text("stage")), Read(plan.Text("action")), Reason.FromJson(plan))
            {
                News = plan.Find("news") is JsonValue.Object news ? ChoiceNews.FromJson(news) : null,
            }
            : throw new FormatException($"'{Visible.Cut(text, 100)}' is no plan of a stage");

    static PlannedAction Read(string text) =>
        Enum.TryParse<PlannedAction>(text, out var action) ? action : throw new FormatException($"'{text}' is nothing that a plan does");
}
