using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>A run as the store knows it, completed or failed: enough to make its working folder again.</summary>
/// <param name="ProjectFolder">Where sources that the store does not keep may still be as they were; null: not known.</param>
public sealed record RecordedRun(Store Store, Derivation Derivation, Resolved Resolved, RunFacts Facts, string? ProjectFolder)
{
    readonly Lazy<ImmutableDictionary<Reference<Realization>, Reference<Resolved>>> _known =
        new(() => new StoreIndex(Store).Realizations());

    /// <summary>Null if a record of it is gone.</summary>
    public static RecordedRun? Of(Store store, RunFacts facts, string? projectFolder) =>
        store.Records.Find(facts.Derivation) is { } derivation && store.Records.Find(facts.Resolved) is { } resolved
            ? new(store, derivation, resolved, facts, projectFolder)
            : null;

    /// <summary>Where each source is in the project, absolute, by its path.</summary>
    public ImmutableSortedDictionary<string, string> SourceFiles { get; init; } = Derivation.NoTexts;

    /// <summary>The output of its program in the project, absolute; null: the store has it.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>What the next run of a stage would be.</summary>
    /// <param name="facts">As <see cref="PresentRun.Facts"/> gives them.</param>
    public static RecordedRun Of(Store store, PresentRun present, RunFacts facts) =>
        new(store, present.Derivation, present.Resolved, facts, null)
        {
            SourceFiles = present.Sources,
            ProgramFolder = present.ProgramFolder,
        };

    /// <summary>Where a source's bytes are, absolute: in the store, or else in the project as long as it is as it was; null:
    /// nowhere.</summary>
    public string? FileOf(SourceEntry source) => Store.Sources.FileOf(source.Content)
        ?? SourceFiles.GetValueOrDefault(source.Path.ToString())
        ?? (ProjectFolder is { } folder && Files.DigestOf(source.Path.Under(folder)) == source.Content ? source.Path.Under(folder) : null);

    /// <summary>Sources whose bytes are not to be had.</summary>
    public ImmutableArray<SourceEntry> Lost => [.. Derivation.Sources.Where(s => FileOf(s) is null)];

    /// <summary>Sources that the project has otherwise by now, and of which the store has the bytes.</summary>
    public ImmutableArray<SourceEntry> Edited => ProjectFolder is not { } folder ? [] :
    [
        .. Derivation.Sources.Where(s => File.Exists(s.Path.Under(folder)) && Files.DigestOf(s.Path.Under(folder)) != s.Content)
            .Where(s => FileOf(s) is not null),
    ];

    /// <summary>What it read that has no files in the store: inputs by their folders, and <c>its program</c>.</summary>
    public ImmutableArray<string> Collected =>
    [
        .. Facts.Context.Where(c => c.Value.Any(r => Find(r) is not { } result || !Store.Trees.Contains(result.Tree))).Select(c => c.Key),
        .. ProgramFolder is null && Resolved.Builder is Builder.Program { Output: var output } && !Store.Trees.Contains(output)
            ? ["its program"] : Array.Empty<string>(),
    ];

    /// <summary>What it read, in the order of its inputs.</summary>
    internal ImmutableArray<ChosenInput> Inputs => [.. Derivation.Inputs.Select(Input)];

    ChosenInput Input(InputEntry input)
    {
        ImmutableArray<ChosenResult> results =
            [.. Facts.Context.GetValueOrDefault(input.At, []).Select(r => Find(r)!).Select(r => ChosenResult.Of(r.Resolved, r.Tree))];
        var plural = results.Length > 1 || !Resolved.Inputs.Any(e => IsOf(input, e.Path));
        var stage = Store.Records.Find(input.Derivation)?.Name ?? StageName.Parse("input");
        return new(new(input.At, stage, input.Paths, plural), new(input.Derivation, results, plural));
    }

    // Not below a number.
    static bool IsOf(InputEntry input, RelativePath content)
    {
        var at = RelativePath.OfSegments([input.At]);
        return input.IsWhole ? content == at : input.Paths.Any(p => content == at.Append(p));
    }

    Realization? Find(Reference<Realization> reference) =>
        _known.Value.TryGetValue(reference, out var of) ? Store.Records.Find(reference, of) : null;
}
