using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Resolves stages as they would run here and now: with the tools of this machine, and the day.</summary>
/// <param name="defaultShell">The shell of a command that declares none: <c>sh</c>, on Windows <c>cmd</c>.</param>
/// <param name="version">The version text of a tool; null where it is not on the path.</param>
/// <param name="epoch">The value of an epoch now.</param>
public sealed class Resolver(
    string defaultShell, ITrees trees, Func<string, CancellationToken, Task<string?>> version, Func<string, string> epoch)
    : IResolver
{
    readonly ConcurrentDictionary<Reference<Tree>, Tree> _listings = new();

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(
        PlannedStage stage, ImmutableArray<ChosenInput>? inputs, CancellationToken cancellationToken)
    {
        if (inputs is not { } choices)
            return Resolution.Blocked;
        var tools = ImmutableSortedDictionary.CreateBuilder<string, string>(Utf8Order.Instance);
        foreach (var tool in stage.Derivation.Tools)
        {
            if (await version(tool, cancellationToken).ConfigureAwait(false) is not { } text)
                return Resolution.Of(BuildErrors.MissingTool(stage, tool));
            tools.Add(tool, text);
        }
        var now = stage.Derivation.Epoch is { } e ? epoch(e) : null;
        return Resolve(stage, choices, tools.ToImmutable(), () => Resolve(stage, choices, tools.ToImmutable(), now));
    }

    /// <summary>As <see cref="ResolveAsync"/>, with what depends on the machine and the day (default shell, interpreter, tools, epoch) as
    /// it was before.</summary>
    public Resolution Resolve(PlannedStage stage, ImmutableArray<ChosenInput> inputs, Resolved before) =>
        Resolve(stage, inputs, Derivation.NoTexts, () => AsBefore(stage, inputs, before));

    static Resolution Resolve(
        PlannedStage stage, ImmutableArray<ChosenInput> inputs, ImmutableSortedDictionary<string, string> tools, Func<Resolved> resolve)
    {
        try
        {
            var resolved = resolve();
            return new(new(resolved, resolved.Reference(), inputs, tools), []);
        }
        catch (MissingInputException e)
        {
            return Resolution.Of(BuildErrors.MissingInput(stage, e));
        }
    }

    Resolved Resolve(
        PlannedStage stage, ImmutableArray<ChosenInput> inputs, ImmutableSortedDictionary<string, string> tools, string? epochNow)
    {
        var derivation = stage.Derivation;
        return !derivation.Builder.Runs
            ? new() { Builder = derivation.Builder }
            : new()
            {
                Builder = derivation.Builder.WithProgram(defaultShell, Interpreters.For),
                Parameters = derivation.Parameters,
                Environment = derivation.Environment,
                Sources = derivation.Sources,
                Inputs = [.. inputs.SelectMany(i => Content(i.Input, NamedOf(stage, i.Input), [.. i.Choice.Trees]))],
                Tools = tools.ToImmutableSortedDictionary(t => t.Key, t => Digest.Of(Encoding.UTF8.GetBytes(t.Value)).ToString(),
                    Utf8Order.Instance),
                Network = derivation.Network,
                Platform = derivation.Platform,
                Seed = derivation.Seed,
                Epoch = epochNow,
            };
    }

    Resolved AsBefore(PlannedStage stage, ImmutableArray<ChosenInput> inputs, Resolved before)
    {
        var derivation = stage.Derivation;
        var now = Resolve(stage, inputs, Derivation.NoTexts, derivation.Epoch is null ? null : before.Epoch);
        return !derivation.Builder.Runs
            ? now
            : now with
            {
                Builder = derivation.Builder.WithProgramOf(before.Builder).WithProgram(defaultShell, Interpreters.For),
                Tools = derivation.Tools.ToImmutableSortedDictionary(t => t, t => before.Tools.GetValueOrDefault(t) ?? "",
                    Utf8Order.Instance),
            };
    }

    // A stage may read any path of a whole input. A path that its command names must exist, also when the whole input is given.
    static ImmutableArray<RelativePath> NamedOf(PlannedStage stage, PlannedInput input) => !input.Paths.IsEmpty ? [] :
    [
        .. stage.AllTemplates.SelectMany(t => t.Parts).OfType<TemplatePart.Input>()
            .Where(p => !p.Path.IsRoot && p.At.Contains(input.At, StringComparer.Ordinal))
            .Select(p => p.Path)
            .Distinct(),
    ];

    IEnumerable<ContentEntry> Content(PlannedInput input, ImmutableArray<RelativePath> named, ImmutableArray<Reference<Tree>> chosen)
    {
        foreach (var path in named)
        {
            if (chosen.Any(tree => Listing(tree).Follow(path) is null))
                throw new MissingInputException(input.Stage, path);
        }
        return chosen.SelectMany((tree, i) => Content(input, tree, input.Mount(i)));
    }

    IEnumerable<ContentEntry> Content(PlannedInput input, Reference<Tree> tree, RelativePath at) =>
        input.Paths.IsEmpty
            ? [new ContentEntry(at, ContentKind.Directory, false, tree.Digest)]
            : input.Paths.Select(path => Content(input, Listing(tree), path, at.Append(path)));

    // A link counts as what it leads to: the link alone would lead nowhere in the working folder.
    static ContentEntry Content(PlannedInput input, Tree tree, RelativePath path, RelativePath at) => tree.Follow(path) switch
    {
        null => throw new MissingInputException(input.Stage, path),
        var real when tree.Find(real) is TreeEntry.File file => new(at, ContentKind.File, file.Executable, file.Content),
        var real => new(at, ContentKind.Directory, false, tree.Subtree(real).Reference.Digest),
    };

    // Read only where a stage reads single paths of an input.
    Tree Listing(Reference<Tree> tree) => _listings.GetOrAdd(
        tree, reference => trees.Find(reference)
            ?? throw new InvalidOperationException($"the store chose the tree {reference} and has no listing of it"));
}
