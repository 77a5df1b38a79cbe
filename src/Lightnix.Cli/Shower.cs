using System.Text;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix show</c>: a record, what is in its tree, and its runs.</summary>
sealed class Shower(Desk desk)
{
    readonly Store _store = desk.Store;
    readonly RunStates _states = new(desk.Store);

    public int Run(string text)
    {
        var failed = desk.Failed(text);
        if (desk.Stage(text) is { } stage)
        {
            var derivation = _store.Records.Find(stage.Selection.Derivation);
            var shown = JsonValue.Object.Empty.With("kind", "stage").With("stage", stage.Stage).With("project", stage.Root.Project)
                .With("derivation", stage.Selection.Derivation.ToString()).With("resolved", stage.Selection.Resolved.ToString())
                .With("matcher", stage.Selection.Matcher.ToJson())
                .With("realizations", new JsonValue.Array([.. desk.Realizations(text).Select(Realization)]));
            if (derivation is not null)
                shown = shown.With("record", derivation.ToJson());
            return Say(failed is null ? shown : shown.With("failed", failed.Known(_states)), stage.Selection);
        }
        if (failed is not null)
            return Say(JsonValue.Object.Empty.With("kind", "stage").With("stage", failed.Stage).With("project", failed.Root.Project).With("failed", failed.Known(_states)), null);
        var found = desk.Find(text);
        return Say(Json(found).With("kind", found.Kind.ToString().ToLowerInvariant()).With("reference", found.Digest.ToString()), null);
    }

    JsonValue.Object Json(Found found) => found.Kind switch
    {
        FoundKind.Derivation => Record(_store.Records.Find(new Reference<Derivation>(found.Digest))?.ToJson()),
        FoundKind.Resolved => Record(_store.Records.Find(new Reference<Resolved>(found.Digest))?.ToJson())
            .With("runs", new JsonValue.Array([.. _store.Records.History(new(found.Digest)).Runs.OrderBy(r => r.Facts.Order).Select(r => Lister.RunJson(_states, r, null))])),
        FoundKind.Realization => Realization(_store.Records.FindRealization(found.Digest.ToString()) ?? throw Gone()),
        FoundKind.Run => Record(_store.Records.History(found.In!).Runs.FirstOrDefault(r => r.Reference().Digest == found.Digest)?.ToJson()),
        FoundKind.Failure => Record(_store.Records.History(found.In!).Failures.FirstOrDefault(r => r.Reference().Digest == found.Digest)?.ToJson()),
        FoundKind.Tree => Tree(new(found.Digest)),
        _ => JsonValue.Object.Empty.With("file", _store.Records.FileOf(new Reference<Log>(found.Digest))),
    };

    static JsonValue.Object Record(JsonValue.Object? record) => record is null ? throw Gone() : JsonValue.Object.Empty.With("record", record);

    static MistakeException Gone() => new("it has just gone");

    JsonValue.Object Realization(Realization realization)
    {
        var history = _store.Records.History(realization.Resolved);
        var json = Tree(realization.Tree).With("realization", realization.Reference().ToString()).With("resolved", realization.Resolved.ToString())
            .With("record", realization.ToJson()).With("state", _states.Of(realization.Resolved, realization.Reference(), realization.Tree))
            .With("runs", new JsonValue.Array([.. history.Runs.Where(r => r.Tree == realization.Tree).OrderBy(r => r.Facts.Order).Select(r => Lister.RunJson(_states, r, null))]));
        var rejections = history.Rejections.Where(r => r.Realization == realization.Reference()).Select(r => JsonValue.Object.Empty.With("reason", r.Reason).With("who", r.Who).With("when", Speech.Utc(r.When))).ToList();
        var pins = _store.Pins.All().Where(p => p.Realization == realization.Reference()).Select(p => JsonValue.Object.Empty.With("reason", p.Reason).With("who", p.Who).With("when", Speech.Utc(p.When)));
        return json.WithOptional("rejections", rejections).WithOptional("pins", pins);
    }

    JsonValue.Object Tree(Reference<Tree> reference) => JsonValue.Object.Empty
        .With("tree", reference.ToString()).With("folder", _store.Trees.FolderOf(reference)).With("present", _store.Trees.Contains(reference))
        .WithOptional("entries", JsonValue.Texts(Lines(reference)).Items);

    string[] Lines(Reference<Tree> reference) => _store.Trees.Find(reference) is { } tree ? Encoding.UTF8.GetString(tree.Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..] : [];

    int Say(JsonValue.Object shown, Selection? selection)
    {
        if (desk.Speech.IsJson)
            Speech.Json(shown);
        else
            Print(shown, "", selection);
        return Tool.Done;
    }

    // The same fields for people: a line each, what is inside indented.
    void Print(JsonValue.Object json, string indent, Selection? selection)
    {
        foreach (var (name, value) in json.Members.OrderBy(m => m.Value is JsonValue.Array or JsonValue.Object).ThenBy(m => m.Key, StringComparer.Ordinal))
            Print(name, value, indent, selection);
    }

    void Print(string name, JsonValue value, string indent, Selection? selection)
    {
        name = Visible.Text(name);
        switch (value)
        {
            case JsonValue.Object inner:
                Speech.Line($"{indent}{name}:");
                Print(inner, indent + "  ", selection);
                break;
            case JsonValue.Array array:
                Speech.Line($"{indent}{name}:");
                foreach (var item in array.Items)
                {
                    if (item is JsonValue.Object each)
                        Print("-", each, indent + "  ", selection);
                    else
                        Speech.Line($"{indent}  {Plain(item, indent)}");
                }
                break;
            default:
                Speech.Line($"{indent}{name}: {Plain(value, indent)}");
                break;
        }
    }

    // Further lines are indented: no text of a record looks like a field of it.
    static string Plain(JsonValue value, string indent) =>
        value is JsonValue.String text ? text.Value.Replace("\n", $"\n{indent}    ", StringComparison.Ordinal) : CanonicalJson.ToText(value);
}
