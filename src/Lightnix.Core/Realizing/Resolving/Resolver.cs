using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Replaces every input of a derivation by the content chosen for it and every tool by its version: what the builder can see.</summary>
/// <param name="defaultShell">What runs a command that declares no shell: <c>sh</c>, on Windows <c>cmd</c>.</param>
public sealed class Resolver(string defaultShell)
{
    /// <param name="inputs">For each input of the stage, in its order: what was chosen for it.</param>
    /// <param name="find">A tree's listing; asked only where a stage reads single paths of an input.</param>
    /// <param name="tools">Version texts by tool.</param>
    /// <param name="epoch">The value of the stage's epoch now; null where it has none.</param>
    /// <exception cref="MissingInputException">A chosen tree lacks a path that the stage reads.</exception>
    public Resolved Resolve(
        PlannedStage stage,
        IEnumerable<Choice> inputs,
        Func<Reference<Tree>, Tree> find,
        ImmutableSortedDictionary<string, string> tools,
        string? epoch)
    {
        var derivation = stage.Derivation;
        return derivation.Builder.Runs
            ? new Resolved
            {
                Builder = derivation.Builder.WithProgram(defaultShell, Interpreters.For),
                Parameters = derivation.Parameters,
                Environment = derivation.Environment,
                Sources = derivation.Sources,
                Inputs = [.. stage.Inputs.Zip(inputs).SelectMany(i => Content(i.First, NamedOf(stage, i.First), [.. i.Second.Trees], find))],
                Tools = tools.ToImmutableSortedDictionary(t => t.Key, t => Digest.Of(System.Text.Encoding.UTF8.GetBytes(t.Value)).ToString(), Utf8Order.Instance),
                Network = derivation.Network,
                Platform = derivation.Platform,
                Seed = derivation.Seed,
                Epoch = epoch,
            }
            : new Resolved { Builder = derivation.Builder };
    }

    /// <summary>As the other, with what depends on the machine and the day (default shell, interpreter, tools, epoch) as it was before.</summary>
    /// <exception cref="MissingInputException">As of the other.</exception>
    public Resolved Resolve(PlannedStage stage, IEnumerable<Choice> inputs, Func<Reference<Tree>, Tree> find, Resolved before)
    {
        var derivation = stage.Derivation;
        var now = Resolve(stage, inputs, find, Derivation.NoTexts, derivation.Epoch is null ? null : before.Epoch);
        return derivation.Builder.Runs
            ? now with
            {
                Builder = derivation.Builder.WithProgramOf(before.Builder).WithProgram(defaultShell, Interpreters.For),
                Tools = derivation.Tools.ToImmutableSortedDictionary(t => t, t => before.Tools.GetValueOrDefault(t) ?? "", Utf8Order.Instance),
            }
            : now;
    }

    // Of a whole input every path is there to be read; one that is named all the same must exist, as it must where only it is an input.
    static ImmutableArray<RelativePath> NamedOf(PlannedStage stage, PlannedInput input) => !input.Paths.IsEmpty ? [] :
    [
        .. stage.Templates.SelectMany(t => t.Parts).OfType<TemplatePart.Input>()
            .Where(p => !p.Path.IsRoot && p.At.Contains(input.At, StringComparer.Ordinal))
            .Select(p => p.Path)
            .Distinct(),
    ];

    static IEnumerable<ContentEntry> Content(PlannedInput input, ImmutableArray<RelativePath> named, ImmutableArray<Reference<Tree>> chosen, Func<Reference<Tree>, Tree> find)
    {
        foreach (var path in named)
        {
            if (chosen.Any(tree => find(tree).Follow(path) is null))
                throw new MissingInputException(input.Stage, path);
        }
        return chosen.SelectMany((tree, i) => Content(input, tree, find, input.Mount(i)));
    }

    static IEnumerable<ContentEntry> Content(PlannedInput input, Reference<Tree> tree, Func<Reference<Tree>, Tree> find, RelativePath at) =>
        input.Paths.IsEmpty
            ? [new ContentEntry(at, ContentKind.Directory, false, tree.Digest)]
            : input.Paths.Select(path => Content(input, find(tree), path, at.Append(path)));

    // A link counts as what it leads to: the link alone would lead nowhere in the working folder.
    static ContentEntry Content(PlannedInput input, Tree tree, RelativePath path, RelativePath at) => tree.Follow(path) switch
    {
        null => throw new MissingInputException(input.Stage, path),
        var real when tree.Find(real) is TreeEntry.File file => new(at, ContentKind.File, file.Executable, file.Content),
        var real => new(at, ContentKind.Directory, false, tree.Subtree(real).Reference.Digest),
    };
}

/// <summary>A chosen tree lacks a promised path: only possible when what keeps its promises is not what was promised.</summary>
public sealed class MissingInputException(StageName stage, RelativePath path) : Exception($"the result of '{stage}' has no '{path}'")
{
    public StageName Stage { get; } = stage;

    public RelativePath Path { get; } = path;
}
