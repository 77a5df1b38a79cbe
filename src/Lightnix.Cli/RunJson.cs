namespace Lightnix.Cli;

/// <summary>Runs and failed runs as JSON, with the fields of docs/cli.md.</summary>
static class RunJson
{
    /// <param name="selection">What was chosen for the stage; its matcher has the metric. Null: the run has no metric.</param>
    public static JsonValue.Object Of(ResultStates states, Run run, Selection? selection) => JsonValue.Object.Empty
        .With("run", run.Reference().ToString()).With("realization", run.Realization.ToString()).With("tree", run.Tree.ToString())
        .With("replicate", run.Facts.Replicate).With("attempt", run.Facts.Attempt).With("order", run.Facts.Order)
        .With("state", states.Of(run)).With("start", Output.Utc(run.Facts.Start)).With("end", Output.Utc(run.Facts.End))
        .WithOptional("log", run.Facts.Log?.ToString()).WithOptional("metric", states.Metric(run, selection))
        .WithOptional("reason", states.Rejection(run)).WithRevisionAndTries(run.Facts)
        .WithAdoption(run.Adopted).WithNotes(states.Notes(run));

    public static JsonValue.Object Of(Failure failure, ImmutableArray<Note> notes) => JsonValue.Object.Empty
        .With("failure", failure.Reference().ToString())
        .With("replicate", failure.Facts.Replicate).With("attempt", failure.Facts.Attempt).With("order", failure.Facts.Order)
        .With("state", "failed").With("start", Output.Utc(failure.Facts.Start)).With("end", Output.Utc(failure.Facts.End))
        .WithOptional("log", failure.Facts.Log?.ToString()).With("reason", failure.Reason).WithRevisionAndTries(failure.Facts)
        .WithNotes(notes);

    public static JsonValue.Object WithNotes(this JsonValue.Object json, ImmutableArray<Note> notes) =>
        json.WithOptional("notes", notes.Select(Of));

    public static JsonValue.Object Of(Note note) => JsonValue.Object.Empty
        .With("text", note.Text).With("who", note.Who).With("when", Output.Utc(note.When));

    /// <summary>The texts of remarks, for a row of a table.</summary>
    public static string Text(ImmutableArray<Note> notes) => string.Join("; ", notes.Select(n => n.Text));

    public static JsonValue.Object WithAdoption(this JsonValue.Object json, Adoption? adopted) => adopted is null ? json : json.With(
        "adopted",
        JsonValue.Object.Empty.With("from", adopted.From.ToString()).With("run", adopted.Run.ToString()).With("reason", adopted.Reason)
            .With("who", adopted.Who).With("when", Output.Utc(adopted.When)));

    static JsonValue.Object WithRevisionAndTries(this JsonValue.Object json, RunFacts facts)
    {
        var shown = json.WithOptional("revision", facts.Revision);
        if (facts.Dirty is { } dirty)
            shown = shown.With("dirty", dirty);
        return facts.Resumed is { Tries: var tries, Duration: var all }
            ? shown.With("resumed", JsonValue.Object.Empty.With("tries", tries).With("milliseconds", (long)all.TotalMilliseconds))
            : shown;
    }

    /// <summary>Runs in the order in which they were made.</summary>
    public static JsonValue.Array Of(ResultStates states, IEnumerable<Run> runs, Selection? selection = null) =>
        new([.. runs.OrderBy(r => r.Facts.Order).Select(r => Of(states, r, selection))]);
}
