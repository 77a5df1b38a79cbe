namespace Lightnix.Model;

/// <summary>A remark of a person about a run, completed or failed. Nothing depends on it.</summary>
/// <param name="Run">The reference of the run or failure.</param>
/// <param name="Who">As <c>user@machine</c>.</param>
public sealed record Note(Digest Run, string Text, string Who, DateTimeOffset When) : IRecord<Note>
{
    public static string Format => "lightnix/note/1";

    /// <summary>Those about one run or failure, the oldest first.</summary>
    public static ImmutableArray<Note> About(Digest run, ImmutableArray<Note> notes) =>
        [.. notes.Where(n => n.Run == run).OrderBy(n => n.When)];

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("run", Run.ToString()).With("text", Text).With("who", Who).With("when", RunFacts.Utc(When));

    public static Note FromJson(JsonValue.Object json) =>
        new(Digest.Parse(json.Text("run")), json.Text("text"), json.Text("who"), RunFacts.FromUtc(json.Text("when")));
}
