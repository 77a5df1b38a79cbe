using System.Collections.Concurrent;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Intermediate stages whose bytes a run of this build needs. The bytes of all others may be absent.</summary>
/// <param name="needed">Those that another project needs.</param>
public sealed class OpenedStages(ImmutableHashSet<StageName> needed)
{
    readonly ConcurrentDictionary<StageName, StageName> _opened = new();
    readonly ConcurrentDictionary<StageName, Lazy<Task<bool>>> _madeAgain = new();
    readonly ConcurrentDictionary<Reference<Tree>, bool> _foreseen = new();

    /// <summary>Notes in a plan that a build would make the bytes of a choice.</summary>
    public void Foresee(Choice choice)
    {
        foreach (var tree in choice.Trees)
            _foreseen[tree] = true;
    }

    /// <summary>Has absent bytes of another project's choice made again, once in a build.</summary>
    public async Task MakeAgainAsync(StageName foreign, Choice choice, BuildContext context, CancellationToken cancellationToken)
    {
        var making = _madeAgain.GetOrAdd(foreign, new Lazy<Task<bool>>(() => context.MakeAgain(foreign)));
        if (await making.Value.WaitAsync(cancellationToken).ConfigureAwait(false) && context.IsPlan)
            Foresee(choice);
    }

    /// <summary>Opens inputs whose bytes are absent. Those of another project were to be made again before.</summary>
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

    public bool Contains(StageName stage) => _opened.ContainsKey(stage) || needed.Contains(stage);

    /// <summary>A stage that needs the bytes of an opened one; null of others.</summary>
    public StageName? ReaderOf(StageName stage) => _opened.GetValueOrDefault(stage);

    /// <summary>True in a plan, if a build would have made the bytes before they are needed.</summary>
    public bool IsForeseen(Reference<Tree> tree) => _foreseen.ContainsKey(tree);

    /// <summary>True if a choice for the stage must be there with its bytes.</summary>
    public bool NeedsBytes(PlannedStage stage) => !stage.Execution.IsIntermediate || Contains(stage.Name);
}
