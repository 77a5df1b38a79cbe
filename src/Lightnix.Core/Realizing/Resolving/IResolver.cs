using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Resolves stages: replaces every input of a derivation by the content chosen for it, and every tool by its version. The result
/// is what the builder can see.</summary>
public interface IResolver
{
    /// <summary>A resolved stage, or the diagnostics that say why there is none.</summary>
    /// <param name="inputs">In the order of the stage's inputs; null where one of them has no choice: then there is no resolved
    /// stage.</param>
    Task<Resolution> ResolveAsync(
        PlannedStage stage, ImmutableArray<ChosenInput>? inputs, CancellationToken cancellationToken);
}
