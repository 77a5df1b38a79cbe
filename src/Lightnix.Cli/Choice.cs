using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>One realization that the last build of a project chose for a stage.</summary>
sealed class Choice(RunStates states, Root root, string stage, Selection selection, int index)
{
    readonly Store _store = states.Store;

    public Root Root => root;

    public string Stage => stage;

    public Reference<Realization> Realization => selection.Realizations[index];

    public Reference<Tree> Tree => selection.Trees[index];

    public string? Metric => index < selection.Metrics.Length ? selection.Metrics[index] : null;

    public bool IsPresent => _store.Trees.Contains(Tree);

    public string State => states.Of(selection.Resolved, Realization, Tree);

    /// <summary>True when the last build could not choose for the stage: this is what an earlier one chose.</summary>
    public bool IsFormer => root.Pending.ContainsKey(stage);

    /// <summary>In bytes.</summary>
    public long Size => _store.Trees.Find(Tree)?.Size ?? 0;

    /// <summary>When its last run ended.</summary>
    public DateTimeOffset? Made => _store.Records.History(selection.Resolved).Runs.Where(r => r.Tree == Tree).Select(r => (DateTimeOffset?)r.Facts.End).Max();

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .With("realization", Realization.ToString()).With("tree", Tree.ToString()).With("resolved", selection.Resolved.ToString()).With("derivation", selection.Derivation.ToString())
            .With("number", index + 1).With("present", IsPresent).With("size", Size).With("folder", _store.Trees.FolderOf(Tree))
            .With("state", State).With("failed", IsFormer)
            .WithOptional("metric", Metric);
        return Made is { } made ? json.With("made", Speech.Utc(made)) : json;
    }
}
