using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A result that a build of a project chose for a stage, as <c>lightnix ls</c> lists it.</summary>
/// <param name="number">From 1.</param>
/// <param name="failed">Null if the last build could choose.</param>
sealed class ListedResult(ResultStates states, Root root, string stage, ChosenResult result, int number, FailedStage? failed)
{
    readonly Store _store = states.Store;
    readonly Lazy<ImmutableArray<Run>> _runs =
        new(() => [.. states.History(result.Resolved).Runs.Where(r => r.Tree == result.Tree)]);

    Selection Selection => root.Stages[stage];
    bool IsPresent => _store.Trees.Contains(result.Tree);
    string State => states.Of(result.Resolved, result.Realization, result.Tree);

    /// <summary>True where no run of this stage gave it.</summary>
    bool IsAdopted => !_runs.Value.IsEmpty && _runs.Value.All(r => r.Adopted is not null);

    /// <summary>In bytes.</summary>
    long Size => _store.Trees.Find(result.Tree)?.Size ?? 0;

    /// <summary>When its last run ended.</summary>
    DateTimeOffset? Made => _runs.Value.Select(r => (DateTimeOffset?)r.Facts.End).Max();

    public string[] Row(DamageList damages) =>
    [
        stage, failed is null ? damages.Try(() => State) ?? "damaged" : damages.Try(() => failed.State) ?? "damaged",
        Cell.Number(result.Metric), Cell.Size(damages.Try(() => Size)), Cell.Ago(damages.Try(() => Made)), Cell.Of(result.Realization),
        damages.Try(() => string.Join("; ", Notes())) ?? "",
    ];

    IEnumerable<string> Notes()
    {
        if (failed is not null)
            yield return $"{failed.Note}; the result is of an earlier build";
        if (result.Winner is { } winner)
            yield return $"of {winner.Stage}";
        if (!IsPresent)
            // The files of an intermediate stage need not be there.
            yield return Selection.IsIntermediate ? "evicted" : "gone";
        if (IsAdopted)
            yield return "adopted";
    }

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .With("realization", result.Realization.ToString()).With("tree", result.Tree.ToString())
            .With("resolved", result.Resolved.ToString()).With("derivation", Selection.Choice.Derivation.ToString())
            .With("number", number).With("present", IsPresent).With("size", Size).With("folder", _store.Trees.FolderOf(result.Tree))
            .With("state", State).With("stageState", failed?.State ?? FailedStage.Chosen).With("failed", failed is not null)
            .WithOptional("metric", result.Metric).WithFlag("adopted", IsAdopted)
            .WithOptional("winner", result.Winner?.ToJson());
        return Made is { } made ? json.With("made", Output.Utc(made)) : json;
    }
}
