using System.Collections.Concurrent;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Intermediate stages whose bytes a run of this build needs. The bytes of all others may be absent.</summary>
public sealed class OpenedStages
{
    readonly ConcurrentDictionary<StageName, StageName> _opened = new();
    readonly ConcurrentDictionary<Reference<Tree>, bool> _foreseen = new();

    /// <summary>Notes in a plan that a build would make the bytes of a choice.</summary>
    public void Foresee(Choice choice)
    {
        foreach (var tree in choice.Trees)
            _foreseen[tree] = true;
    }

    /// <summary>Opens inputs whose bytes are absent. Those of another project cannot be opened.</summary>
    public StageOutcome Open(PlannedStage reader, ImmutableArray<StageName> absent, IStageReports reports)
    {
        if (absent.FirstOrDefault(i => i.Project is not null) is { } foreign)
        {
            reports.InputIsEvicted(reader, foreign);
            return new StageOutcome.Failed(0);
        }
        foreach (var input in absent)
            _opened.TryAdd(input, reader.Name);
        return new StageOutcome.InputAbsent(absent);
    }

    public bool Contains(StageName stage) => _opened.ContainsKey(stage);

    /// <summary>A stage that needs the bytes of an opened one; null of others.</summary>
    public StageName? ReaderOf(StageName stage) => _opened.GetValueOrDefault(stage);

    /// <summary>True in a plan, if a build would have made the bytes before they are needed.</summary>
    public bool IsForeseen(Reference<Tree> tree) => _foreseen.ContainsKey(tree);

    /// <summary>True if a choice for the stage must be there with its bytes.</summary>
    public bool NeedsBytes(PlannedStage stage) => !stage.Execution.IsIntermediate || Contains(stage.Name);
}
