namespace Lightnix.Planning;

/// <summary>A project declared without a mistake: its stages, instantiated into derivations, inputs before what needs them.</summary>
public sealed record Plan
{
    readonly ImmutableSortedDictionary<StageName, PlannedStage> _byName;

    public Plan(ImmutableArray<PlannedStage> stages)
    {
        Stages = stages;
        _byName = stages.ToImmutableSortedDictionary(s => s.Name, s => s);
    }

    public ImmutableArray<PlannedStage> Stages { get; }

    /// <summary>The stages of other projects that are read, by their names here.</summary>
    public ImmutableSortedDictionary<StageName, ReferencedStage> ReferencedStages { get; init; } =
        ImmutableSortedDictionary<StageName, ReferencedStage>.Empty;

    /// <summary>The parameters of a stage, with the values of its axes, by its name here.</summary>
    public ImmutableSortedDictionary<string, string> ParametersOf(StageName name) =>
        Find(name)?.Derivation.Parameters ?? ReferencedStages.GetValueOrDefault(name)?.Parameters ?? Derivation.NoTexts;

    /// <summary>What the first choice that names a stage measures its results by; null where none does.</summary>
    public Metric? MetricAbove(StageName name) => Stages
        .FirstOrDefault(s => s is { IsChoice: true, Matcher.Metric: not null } && s.Inputs.Any(i => i.Stage == name))?.Matcher.Metric;

    public PlannedStage? Find(StageName name) => _byName.GetValueOrDefault(name);

    /// <summary>Stages with all that they need, of other projects too.</summary>
    public ImmutableSortedSet<StageName> ClosureOf(IEnumerable<StageName> stages)
    {
        var closure = stages.ToImmutableSortedSet().ToBuilder();
        // Inputs stand before what needs them.
        foreach (var stage in Stages.Reverse().Where(s => closure.Contains(s.Name)))
            closure.UnionWith(stage.Inputs.Select(i => i.Stage));
        return closure.ToImmutable();
    }

    /// <summary>Stages that only choices read which skip failures: directly, or by way of other such stages.</summary>
    /// <param name="closure">Of the requested stages.</param>
    public ImmutableSortedSet<StageName> MayBeMissing(ImmutableSortedSet<StageName> closure)
    {
        if (!Stages.Any(s => s.Execution.SkipsFailed))
            return [];
        var readers = Stages.Where(s => closure.Contains(s.Name)).SelectMany(s => s.Inputs.Select(i => (Of: i.Stage, By: s)))
            .ToLookup(i => i.Of, i => i.By);
        var skipped = ImmutableSortedSet.CreateBuilder<StageName>();
        // Readers come after what they read.
        foreach (var stage in Stages.Reverse().Where(s => readers.Contains(s.Name)))
        {
            if (readers[stage.Name].All(r => r.Execution.SkipsFailed || skipped.Contains(r.Name)))
                skipped.Add(stage.Name);
        }
        return skipped.ToImmutable();
    }
}

/// <summary>One stage (of a matrix: one cell), ready to be realized.</summary>
public sealed record PlannedStage
{
    public required StageName Name { get; init; }

    /// <summary>The name as declared: of a matrix cell, the name of the whole matrix.</summary>
    public required StageName DeclaredName { get; init; }

    /// <summary>Of a matrix cell: its values by axis.</summary>
    public ImmutableSortedDictionary<string, string> Axes { get; init; } = Model.Derivation.NoTexts;

    /// <summary>
    /// The name that seeds are drawn from, where no <c>Seed</c> is declared: as declared, in lower case. Stages whose derivations differ in
    /// name alone have the first of their names.
    /// </summary>
    public string SeedName { get => field ?? DeclaredName.ToString().ToLowerInvariant(); init; }

    public required DeclaredItem Item { get; init; }
    public required Derivation Derivation { get; init; }
    public required Reference<Derivation> Reference { get; init; }

    /// <summary>Sorted by <see cref="PlannedInput.At"/>; in the same order as the derivation's inputs.</summary>
    public required ImmutableArray<PlannedInput> Inputs { get; init; }

    /// <summary>Of a choice, also those that all its named stages share. Their chosen results keep them already.</summary>
    public required ImmutableArray<Promise> Promises { get; init; }

    /// <summary>The promises as a root records them.</summary>
    public ImmutableArray<RecordedPromise> Demands =>
        [.. Promises.Select(RecordedPromise.Of).Distinct().OrderBy(p => p.Title, StringComparer.Ordinal)];

    /// <summary>True of a stage that makes nothing and chooses among the results of its inputs.</summary>
    public bool IsChoice => Derivation.Builder is Builder.Choice;

    public required Matcher Matcher { get; init; }

    /// <summary>Where the matcher was declared; null: the default one.</summary>
    public DeclaredItem? MatcherItem { get; init; }

    public required Execution Execution { get; init; }

    /// <summary>The sources and where each is now, sorted by path; the same entries as the derivation's.</summary>
    public required ImmutableArray<SourceFile> Sources { get; init; }

    /// <summary>Of a program: its output folder.</summary>
    public ProgramOutput? Program { get; init; }

    /// <summary>Of an import: the absolute path of the file or folder.</summary>
    public string? ImportPath { get; init; }

    /// <summary>Of an import: the imported files.</summary>
    public Tree? ImportTree { get; init; }

    /// <summary>The parsed command or arguments, of which <see cref="Invocation"/> is made. Empty for builders that run nothing.</summary>
    public required ImmutableArray<Template> Templates { get; init; }

    /// <summary>Values of the environment that hold placeholders, parsed. The derivation has them as written.</summary>
    public ImmutableSortedDictionary<string, Template> Variables { get; init; } = NoTemplates;

    internal static ImmutableSortedDictionary<string, Template> NoTemplates { get; } =
        ImmutableSortedDictionary.Create<string, Template>(StringComparer.Ordinal);

    /// <summary>All that names inputs.</summary>
    internal IEnumerable<Template> AllTemplates => Variables.IsEmpty ? Templates : Templates.Concat(Variables.Values);
}

/// <summary>An input of a stage.</summary>
/// <param name="At">The folder below <c>in/</c>.</param>
/// <param name="Stage">Of this project, or of another.</param>
/// <param name="Paths">Sorted; empty: the whole tree.</param>
/// <param name="Plural">True when the input's matcher may choose several: they are then in <c>in/&lt;at&gt;/1</c> to <c>n</c>.</param>
public sealed record PlannedInput(string At, StageName Stage, ImmutableArray<RelativePath> Paths, bool Plural)
{
    /// <summary>Path of a chosen result below <c>in/</c>.</summary>
    /// <param name="index">Of the result among those chosen.</param>
    public RelativePath Mount(int index) =>
        Plural ? RelativePath.OfSegments([At, (index + 1).ToString(CultureInfo.InvariantCulture)]) : RelativePath.OfSegments([At]);
}

/// <summary>A source and the file that it is taken from.</summary>
/// <param name="File">Absolute.</param>
public sealed record SourceFile(SourceEntry Entry, string File);

/// <summary>How a stage is run: nothing here is hashed.</summary>
public sealed record Execution
{
    /// <summary>Of a download, mirrors in order.</summary>
    public ImmutableArray<string> Urls { get; init; } = [];

    /// <summary>Names of environment variables let through.</summary>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    /// <summary>Cores that one run takes; null: one.</summary>
    public int? Cores { get; init; }

    /// <summary>In bytes.</summary>
    public long? Memory { get; init; }

    public int? Gpus { get; init; }
    public TimeSpan? TimeLimit { get; init; }
    public int Retries { get; init; }

    /// <summary>Its tree is evicted once everything that reads it is realized.</summary>
    public bool IsIntermediate { get; init; }

    /// <summary>The folder <c>checkpoint</c> of the working folder outlives a run without success.</summary>
    public bool Checkpoint { get; init; }

    /// <summary>An error instead of a run.</summary>
    public bool MustExist { get; init; }

    /// <summary>Of a choice: it chooses among the others where a stage that it names has no result.</summary>
    public bool SkipsFailed { get; init; }
}
