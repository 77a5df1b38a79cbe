namespace Lightnix.Model;

/// <summary>Where the result of a run that did not take place was taken from.</summary>
/// <param name="From">The realization of the run that took place.</param>
/// <param name="Run">That run.</param>
/// <param name="Reason">Why the difference does not matter.</param>
/// <param name="Who">As <c>user@machine</c>.</param>
public sealed record Adoption(Reference<Realization> From, Reference<Run> Run, string Reason, string Who, DateTimeOffset When)
{
    /// <summary>The file of the project that adopted; null in records of the first format, which did not have it.</summary>
    public string? Project { get; init; }

    internal string Format => Project is null ? "lightnix/adoption/1" : "lightnix/adoption/2";

    internal static bool Reads(string format) => format is "lightnix/adoption/1" or "lightnix/adoption/2";

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("from", From.ToString()).With("run", Run.ToString()).With("reason", Reason).With("who", Who).With("when", RunFacts.Utc(When))
        .WithOptional("project", Project);

    internal static Adoption FromJson(JsonValue.Object json) => new(
        Reference<Realization>.Parse(json.Text("from")), Reference<Run>.Parse(json.Text("run")), json.Text("reason"), json.Text("who"),
        RunFacts.FromUtc(json.Text("when")))
    {
        Project = json.OptionalText("project"),
    };
}
