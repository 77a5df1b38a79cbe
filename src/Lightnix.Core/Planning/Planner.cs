namespace Lightnix.Planning;

/// <summary>Turns a declared project into a plan, or into all its mistakes.</summary>
public static class Planner
{
    /// <summary>Finds all mistakes of declaration together; there is a plan when there is no error and every program was built.</summary>
    public static PlanResult Plan(DeclaredProject project, IContents contents)
    {
        var (findings, unbuilt) = (new Findings(), new Findings());
        var items = project.Items.OrderBy(i => (int)i.Kind).ThenBy(i => i.Ordinal).ToImmutableArray();
        var metadata = new MetadataCheck(project.IsWritten, findings);
        foreach (var item in items)
            metadata.CheckNames(item);

        var index = new StageIndex([.. Of(ItemKind.Stage).Select((item, number) => StageReader.Read(item, number, metadata, findings))],
            findings);
        var stages = new StageList(index, findings);
        var promises = new PromiseTable();
        var promiseReader = new PromiseReader(stages, promises, findings);
        foreach (var item in Of(ItemKind.Promise))
            promiseReader.Read(item);
        var referenced = new ReferencedStages(project);
        var matchers = new MatcherReader(stages, findings);
        var readable = new ReadableStages(promises, matchers, referenced);
        var choices = new ChoicePromises(index, new(index, referenced, readable, findings), referenced, promises);
        choices.Inherit();
        foreach (var item in Of(ItemKind.Matcher))
            matchers.Read(item, m => m.Draft.IsChoice ? choices.CandidatesOf(m.Draft) : m.Cells.Select(c => c.Name), readable);
        foreach (var draft in index.Drafts.Where(d => d.Execution.IsIntermediate))
        {
            foreach (var promise in draft.Cells.SelectMany(c => promises.Of(c.Name)).DistinctBy(p => p.Item.Ordinal))
            {
                if (CopyTargets.PublishedBy(promise) is { } by)
                    findings.Add(IntermediateErrors.Copy(promise.Item, by, draft.Item));
            }
        }
        var targets = new CopyTargets(findings);
        foreach (var cell in index.Cells)
            targets.Add(cell, promises.Of(cell), matchers.Of(cell).Matcher.IsPlural);

        var links = index.Drafts.Select(choices.LinksOf).ToImmutableArray();
        var graph = new StageGraph(index.Drafts, links);
        foreach (var cycle in graph.Cycles())
            findings.Add(DeclarationErrors.Cycle(cycle));

        var paths = new ProjectPaths(project);
        var forbidden = new ForbiddenPaths(project, paths, contents, index);
        var sources = new SourceReader(paths, forbidden, contents, stages, findings);
        foreach (var item in Of(ItemKind.Source))
            sources.Read(item);
        var builders = new BuilderFinder
        {
            Project = project,
            Paths = paths,
            Forbidden = forbidden,
            Contents = contents,
            Sources = sources,
            Findings = findings,
            Unbuilt = unbuilt,
        };
        var found = index.Drafts.Select(draft => Find(draft, builders, sources)).ToImmutableArray();

        return new(findings.HasErrors || unbuilt.HasErrors ? null : Instantiate(), findings.Sorted()) { Unbuilt = unbuilt.Sorted() };

        IEnumerable<DeclaredItem> Of(ItemKind kind) => items.Where(i => i.Kind == kind);

        Plan Instantiate()
        {
            var instantiation = new Instantiation(promises, matchers, referenced, readable);
            foreach (var draft in graph.InOrder())
            {
                var (builder, cells) = found[draft.Number];
                foreach (var (cell, files) in cells)
                    instantiation.Add(draft, cell, links[draft.Number], builder!, files);
            }
            return instantiation.Plan;
        }
    }

    /// <summary>The command line of one run.</summary>
    /// <param name="resolved">The builder with its actual shell or interpreter.</param>
    /// <param name="programFolder">Of a program: its output in the store.</param>
    /// <exception cref="ArgumentException">The builder runs nothing.</exception>
    public static Invocation Invoke(PlannedStage stage, Builder resolved, Bindings bindings, string? programFolder) => resolved switch
    {
        Builder.Command command =>
            new Invocation.Shell(command.Shell ?? Shells.Sh, Expansion.Command(stage.Templates[0], command.Shell ?? Shells.Sh, bindings)),
        Builder.Script script => new Invocation.Script(
            script.Interpreter ?? Interpreters.For(script.Path)!, script.Path, Expansion.Words(stage.Templates, bindings)),
        Builder.Program program => new Invocation.Program(
            programFolder ?? throw new ArgumentNullException(nameof(programFolder)), program.Entry,
                Expansion.Words(stage.Templates, bindings)),
        _ => throw new ArgumentException($"a {resolved.GetType().Name} runs nothing", nameof(resolved)),
    };

    /// <summary>The declared variables of one run.</summary>
    public static ImmutableSortedDictionary<string, string> Variables(PlannedStage stage, Bindings bindings) =>
        stage.Variables.Aggregate(stage.Derivation.Environment,
            (variables, v) => variables.SetItem(v.Key, Expansion.Words([v.Value], bindings)[0]));

    // Sources are put together for broken stages too: two files at one path are a mistake of their own.
    static FoundStage Find(StageDraft draft, BuilderFinder builders, SourceReader sources)
    {
        var builder = builders.Find(draft);
        return new(builder,
            [.. draft.Cells.OrderBy(c => c.Name).Select(cell => (cell, draft.Runs ? sources.Of(draft, cell, builder?.Script) : []))]);
    }

    sealed record FoundStage(FoundBuilder? Builder, ImmutableArray<(StageCell Cell, ImmutableArray<SourceFile> Sources)> Cells);
}

/// <summary>What planning gave.</summary>
/// <param name="Plan">Null when there is an error, or a program that was not built.</param>
/// <param name="Diagnostics">Sorted by item: all errors and warnings of the declaration.</param>
public sealed record PlanResult(Plan? Plan, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>An error for each program whose project exists without an output. It is no mistake of declaration, and reported only where
    /// programs were built before planning.</summary>
    public ImmutableArray<Diagnostic> Unbuilt { get; init; } = [];
}
