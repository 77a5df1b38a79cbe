namespace Lightnix.Model;

/// <summary>Where the result of a run that did not take place was taken from.</summary>
/// <param name="From">The realization of the run that took place.</param>
/// <param name="Run">That run.</param>
/// <param name="Reason">Why the difference does not matter.</param>
/// <param name="Who">As <c>user@machine</c>.</param>
public sealed record Adoption(Reference<Realization> From, Reference<Run> Run, string Reason, string Who, DateTimeOffset When)
{
    internal const string Format = "lightnix/adoption/1";

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("from", From.ToString()).With("run", Run.ToString()).With("reason", Reason).With("who", Who).With("when", RunFacts.Utc(When));

    internal static Adoption FromJson(JsonValue.Object json) => new(
        Reference<Realization>.Parse(json.Text("from")), Reference<Run>.Parse(json.Text("run")), json.Text("reason"), json.Text("who"),
        RunFacts.FromUtc(json.Text("when")));
}
