using System.Collections.Concurrent;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Intermediate stages whose bytes a run of this build needs. The bytes of all others may be absent.</summary>
public sealed class OpenedStages
{
    readonly ConcurrentDictionary<StageName, bool> _opened = new();

    /// <summary>Opens a stage: a run needs its bytes.</summary>
    public void Add(StageName stage) => _opened[stage] = false;

    /// <summary>Notes that a build would make the bytes of a stage.</summary>
    public void Foresee(StageName stage) => _opened[stage] = true;

    public bool Contains(StageName stage) => _opened.ContainsKey(stage);

    /// <summary>True in a plan, if a build would have made the bytes before they are needed.</summary>
    public bool IsForeseen(StageName stage) => _opened.TryGetValue(stage, out var isForeseen) && isForeseen;

    /// <summary>True if a choice for the stage must be there with its bytes.</summary>
    public bool NeedsBytes(PlannedStage stage) => !stage.Execution.IsIntermediate || Contains(stage.Name);
}
