using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A result that the last build of a project chose for a stage, as <c>lightnix ls</c> lists it.</summary>
/// <param name="number">From 1.</param>
sealed class ListedResult(ResultStates states, Root root, string stage, Reference<Derivation> derivation, ChosenResult result, int number)
{
    readonly Store _store = states.Store;

    public Root Root => root;
    public string Stage => stage;
    public Reference<Realization> Realization => result.Realization;
    public string? Metric => result.Metric;
    /// <summary>Of a choice stage, the stage that won.</summary>
    public Winner? Winner => result.Winner;
    public bool IsPresent => _store.Trees.Contains(result.Tree);
    /// <summary>True of an intermediate stage, whose files need not be there.</summary>
    public bool IsIntermediate => root.Stages.GetValueOrDefault(stage)?.IsIntermediate == true;
    public string State => states.Of(result.Resolved, Realization, result.Tree);

    /// <summary>True where no run of this stage gave it.</summary>
    public bool IsAdopted => Runs.Any() && Runs.All(r => r.Adopted is not null);

    /// <summary>In bytes.</summary>
    public long Size => _store.Trees.Find(result.Tree)?.Size ?? 0;

    /// <summary>When its last run ended.</summary>
    public DateTimeOffset? Made => Runs.Select(r => (DateTimeOffset?)r.Facts.End).Max();

    IEnumerable<Run> Runs => _store.Records.History(result.Resolved).Runs.Where(r => r.Tree == result.Tree);

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .With("realization", Realization.ToString()).With("tree", result.Tree.ToString())
            .With("resolved", result.Resolved.ToString()).With("derivation", derivation.ToString())
            .With("number", number).With("present", IsPresent).With("size", Size).With("folder", _store.Trees.FolderOf(result.Tree))
            // A choice of an earlier build, if the last one could not choose.
            .With("state", State).With("failed", root.Pending.ContainsKey(stage))
            .WithOptional("metric", Metric).WithFlag("adopted", IsAdopted)
            .WithOptional("winner", Winner?.ToJson());
        return Made is { } made ? json.With("made", Output.Utc(made)) : json;
    }
}
