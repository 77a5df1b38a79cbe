using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Resolves the stages of one build.</summary>
/// <param name="version">The version text of a tool; null where it is not on the path.</param>
/// <param name="epoch">The value of an epoch now.</param>
public sealed class StageResolver(
    Resolver resolver,
    IResults results,
    Func<string, CancellationToken, Task<string?>> version,
    Func<string, string> epoch)
{
    readonly ConcurrentDictionary<Reference<Tree>, Tree> _trees = new();

    /// <summary>A resolution, or the diagnostic that says why there is none.</summary>
    public async Task<(Resolution? Resolution, Diagnostic? Problem)> ResolveAsync(PlannedStage stage, ImmutableArray<Choice> inputs, CancellationToken cancellationToken)
    {
        var tools = ImmutableSortedDictionary.CreateBuilder<string, string>(Utf8Order.Instance);
        foreach (var tool in stage.Derivation.Tools)
        {
            if (await version(tool, cancellationToken).ConfigureAwait(false) is not { } text)
                return (null, BuildErrors.MissingTool(stage, tool));
            tools.Add(tool, text);
        }
        try
        {
            var resolved = resolver.Resolve(stage, inputs, Listing, tools.ToImmutable(), stage.Derivation.Epoch is { } e ? epoch(e) : null);
            return (new(resolved, resolved.Reference(), inputs, tools.ToImmutable()), null);
        }
        catch (MissingInputException e)
        {
            return (null, BuildErrors.MissingInput(stage, e));
        }
    }

    /// <summary>As <see cref="ResolveAsync"/>, with what depends on the machine and the day as it was before.</summary>
    public (Resolution? Resolution, Diagnostic? Problem) Resolve(PlannedStage stage, ImmutableArray<Choice> inputs, Resolved before)
    {
        try
        {
            var resolved = resolver.Resolve(stage, inputs, Listing, before);
            return (new(resolved, resolved.Reference(), inputs, Derivation.NoTexts), null);
        }
        catch (MissingInputException e)
        {
            return (null, BuildErrors.MissingInput(stage, e));
        }
    }

    Tree Listing(Reference<Tree> tree) =>
        _trees.GetOrAdd(tree, reference => results.Find(reference) ?? throw new InvalidOperationException($"the store chose the tree {reference} and has no listing of it"));
}
