using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Stages and records as JSON, with the fields of docs/cli.md.</summary>
sealed class ShownJson(CommandContext context)
{
    readonly Store _store = context.Store;
    readonly ResultStates _states = new(context.Store);

    public JsonValue.Object Of(string text) => Stage(text) ?? Record(context.Names.Find(text));

    JsonValue.Object? Stage(string text)
    {
        var failed = context.Names.Failed(text);
        if (context.Names.Stage(text) is { } stage)
        {
            var shown = Stage(stage);
            return failed is null ? shown : shown.With("failed", failed.RunsToJson(_states));
        }
        return failed is null ? null : JsonValue.Object.Empty
            .With("kind", "stage").With("stage", failed.Stage).With("project", failed.Root.Project)
            .With("failed", failed.RunsToJson(_states));
    }

    JsonValue.Object Stage(NamedStage stage)
    {
        var selection = stage.Selection;
        var shown = JsonValue.Object.Empty.With("kind", "stage").With("stage", stage.Stage).With("project", stage.Root.Project)
            .With("derivation", selection.Derivation.ToString())
            .WithOptional("resolved", selection.Choice.IsAmongStages ? null : selection.Resolved.ToString())
            .WithOptional("missing", JsonValue.Texts(selection.Missing.Select(m => m.ToString())).Items)
            .With("matcher", selection.Matcher.ToJson())
            .With("realizations", new JsonValue.Array([.. selection.Results.Select(Result)]));
        return _store.Records.Find(selection.Derivation) is { } derivation ? shown.With("record", derivation.ToJson()) : shown;
    }

    JsonValue.Object Result(ChosenResult result)
    {
        var shown = Realization(new(result.Resolved, result.Tree)).WithOptional("metric", result.Metric);
        return result.Winner is { } winner ? shown.With("winner", winner.ToJson()) : shown;
    }

    JsonValue.Object Record(Found found) =>
        Fields(found).With("kind", found.Kind.ToString().ToLowerInvariant()).With("reference", found.Digest.ToString());

    JsonValue.Object Fields(Found found)
    {
        var records = _store.Records;
        return found.Kind switch
        {
            FoundKind.Derivation => Record(records.Find(new Reference<Derivation>(found.Digest))?.ToJson()),
            FoundKind.Resolved => Record(records.Find(new Reference<Resolved>(found.Digest))?.ToJson())
                .With("runs", RunJson.Of(_states, records.History(new(found.Digest)).Runs)),
            FoundKind.Realization => Realization(records.Find(new(found.Digest), found.In!) ?? throw Gone()),
            FoundKind.Run => Record(context.Names.Meant(found).Runs.FirstOrDefault()?.ToJson()).WithNotes(Notes(found)),
            FoundKind.Failure => Record(context.Names.Meant(found).Failures.FirstOrDefault()?.ToJson()).WithNotes(Notes(found)),
            FoundKind.Tree => Tree(new(found.Digest)),
            _ => JsonValue.Object.Empty.With("file", records.FileOf(new Reference<Log>(found.Digest))),
        };
    }

    ImmutableArray<Note> Notes(Found run) => _store.Records.History(run.In!).NotesOf(run.Digest);

    static JsonValue.Object Record(JsonValue.Object? record) =>
        record is null ? throw Gone() : JsonValue.Object.Empty.With("record", record);

    static MistakeException Gone() => new("it has just been collected");

    JsonValue.Object Realization(Realization realization)
    {
        var reference = realization.Reference();
        var history = _store.Records.History(realization.Resolved);
        var rejections = history.Rejections.Where(r => r.Realization == reference).Select(r => Decision(r.Reason, r.Who, r.When)).ToList();
        var pins = _store.Pins.All().Where(p => p.Realization == reference)
            .Select(p => Decision(p.Reason, p.Who, p.When).WithOptional("name", p.Name?.ToString())).ToList();
        return Tree(realization.Tree).With("realization", reference.ToString()).With("resolved", realization.Resolved.ToString())
            .With("record", realization.ToJson()).With("state", _states.Of(realization.Resolved, reference, realization.Tree))
            .With("runs", RunJson.Of(_states, history.Runs.Where(r => r.Tree == realization.Tree)))
            .WithOptional("rejections", rejections).WithOptional("pins", pins);
    }

    static JsonValue.Object Decision(string reason, string who, DateTimeOffset when) =>
        JsonValue.Object.Empty.With("reason", reason).With("who", who).With("when", Output.Utc(when));

    JsonValue.Object Tree(Reference<Tree> reference) => JsonValue.Object.Empty
        .With("tree", reference.ToString())
        .With("folder", _store.Trees.FolderOf(reference)).With("present", _store.Trees.Contains(reference))
        .WithOptional("entries", JsonValue.Texts(Lines(reference)).Items);

    string[] Lines(Reference<Tree> reference) => _store.Trees.Find(reference) is { } tree
        ? Encoding.UTF8.GetString(tree.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]
        : [];
}
