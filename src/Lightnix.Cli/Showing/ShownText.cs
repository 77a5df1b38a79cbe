using Lightnix.Explaining;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Stages and records for people: what made them first, hashes last.</summary>
sealed class ShownText(CommandContext context)
{
    readonly Store _store = context.Store;
    readonly ResultStates _states = new(context.Store);

    public IEnumerable<(string Label, string Value)> Of(string text)
    {
        var (stage, failed) = (context.Names.Stage(text), context.Names.Failed(text));
        if (stage is null && failed is null)
            return Of(context.Names.Find(text));
        var hasRuns = failed is not null && (stage is null || failed.Resolved is not null);
        return (stage is null ? [] : Of(stage, failed)).Concat(hasRuns ? Of(failed!) : []);
    }

    // What the last build could not choose stands beside the result of an earlier one.
    IEnumerable<(string, string)> Of(NamedStage stage, FailedStage? failed)
    {
        var selection = stage.Selection;
        yield return ("stage", stage.Stage);
        yield return ("project", stage.Root.Project);
        if (failed is not null)
            yield return ("last build", $"{failed.State}: {failed.Note}; what follows is of an earlier build");
        yield return ("matcher", MatcherText.Of(selection.Matcher));
        foreach (var missing in selection.Missing)
            yield return ("without", $"{missing}, which has no result");
        foreach (var (result, i) in selection.Results.Select((r, i) => (r, i)))
        {
            if (selection.Results.Length > 1)
                yield return (string.Create(CultureInfo.InvariantCulture, $"choice {i + 1} of {selection.Results.Length}"), "");
            if (result.Winner is { } winner)
                yield return ("winner", winner.ToString());
            foreach (var row in Of(new Realization(result.Resolved, result.Tree), selection, result.Metric))
                yield return row;
        }
        yield return ("derivation", selection.Derivation.ToString());
    }

    IEnumerable<(string, string)> Of(FailedStage failed)
    {
        yield return ($"stage {failed.Stage}: the last build chose nothing", "");
        yield return ("stage", failed.Stage);
        yield return ("project", failed.Root.Project);
        yield return ("state", $"{failed.State}: {failed.Note}");
        foreach (var row in Runs(failed.History, failed.Root.Stages.GetValueOrDefault(failed.Stage)))
            yield return row;
        if (failed.Resolved is not null)
            yield return ("resolved", failed.Resolved.ToString());
    }

    IEnumerable<(string, string)> Of(Found found)
    {
        var records = _store.Records;
        return found.Kind switch
        {
            FoundKind.Derivation => Of(records.Find(new Reference<Derivation>(found.Digest)) ?? throw Gone()),
            FoundKind.Resolved => OfResolved(new(found.Digest)),
            FoundKind.Realization => OfResult(records.Find(new(found.Digest), found.In!) ?? throw Gone()),
            FoundKind.Run => OfRun(context.Names.Meant(found).Runs.FirstOrDefault() ?? throw Gone()),
            FoundKind.Failure => OfFailure(context.Names.Meant(found).Failures.FirstOrDefault() ?? throw Gone()),
            FoundKind.Tree => OfTree(new(found.Digest)),
            _ => [("log", found.Digest.ToString()), ("file", records.FileOf(new Reference<Log>(found.Digest)))],
        };
    }

    IEnumerable<(string, string)> OfResult(Realization realization)
    {
        var (reference, roots) = (realization.Reference(), _store.Roots.Readable().ToList());
        var choices = roots.SelectMany(r => r.Stages.Select(s => (Root: r, Stage: s.Key, Of: s.Value)));
        var chosen = choices.Where(c => c.Of.Choice.Realizations.Contains(reference)).ToList();
        // What counts it has the promises and the metric.
        var selection = chosen.Select(c => c.Of).FirstOrDefault()
            ?? choices.Select(c => c.Of).FirstOrDefault(s => !s.Choice.IsAmongStages && s.Resolved == realization.Resolved);
        return [
            ($"result {reference.Short}", ""),
            .. chosen.Select(c => ("chosen by", $"{c.Stage} of {c.Root.Project}")),
            .. Of(realization, selection, selection?.Results.FirstOrDefault(r => r.Realization == reference)?.Metric),
        ];
    }

    IEnumerable<(string, string)> Of(Realization realization, Selection? selection, string? metric)
    {
        var (reference, history) = (realization.Reference(), _store.Records.History(realization.Resolved));
        var run = history.FirstOf(realization.Tree);
        metric ??= run is null ? null : _states.Metric(run, selection);
        return
        [
            .. metric is null ? [] : new[] { ("metric", $"{selection!.Matcher.Metric} = {Number(metric)}") },
            ("state", _states.Of(realization.Resolved, reference, realization.Tree)),
            .. history.Rejections.Where(r => r.Realization == reference)
                .Select(r => ("rejected", $"{r.Reason} ({r.Who}, {Output.When(r.When)})")),
            .. _store.Pins.All().Where(p => p.Realization == reference)
                .Select(p => ("pinned", $"{(p.Name is null ? "" : $"as {p.Name}: ")}{p.Reason} ({p.Who}, {Output.When(p.When)})")),
            .. run is null ? [] : Made(run).Concat(Notes(run)),
            .. selection is null ? [] : Promises(selection, realization.Tree),
            .. Files(realization.Tree),
            .. Runs(history, selection),
            ("realization", reference.ToString()),
            ("tree", realization.Tree.ToString()),
            ("resolved", realization.Resolved.ToString()),
            ("folder", _store.Trees.FolderOf(realization.Tree)),
        ];
    }

    // Why and by what a run was made: its circumstances, then its builder with all that it reads.
    IEnumerable<(string, string)> Made(Run run) =>
    [
        .. run.Adopted is not { } adopted ? []
            : new[] { ("adopted", $"from {Name(adopted.From)} by {adopted.Who}, {Output.When(adopted.When)}"), ("reason", adopted.Reason) },
        .. Made(run.Facts, run.Adopted is null ? "made" : "first made"),
        .. _store.Records.Find(run.Facts.Derivation) is { } derivation ? ShownBuilder.Of(_store, derivation, run.Facts) : [],
    ];

    static IEnumerable<(string, string)> Made(RunFacts facts, string made) =>
    [
        (made, $"{Output.When(facts.End)} on {facts.Host.Name} in {Output.Took(facts.Duration)}{Output.Tries(facts)}"),
        ("replicate", Text(facts.Replicate) + (facts.Attempt == 1 ? "" : $", attempt {Text(facts.Attempt)}")),
        .. facts.Seed is { } seed ? new[] { ("seed", Text(seed)) } : [],
        .. facts.RevisionText is { } revision ? new[] { ("revision", revision) } : [],
    ];

    IEnumerable<(string, string)> Promises(Selection selection, Reference<Tree> tree) =>
        new PromiseVerdicts(_store).OfAsync(selection, tree, CancellationToken.None).GetAwaiter().GetResult()
            .Select(p => ("promise", $"{Text(p.Promise)}: {Verdict(p.Broken)}"));

    static string Verdict(ImmutableArray<string>? broken) => broken switch
    {
        null => "not known, because its files were collected",
        { IsEmpty: true } => "kept",
        { } reasons => $"broken: {string.Join("; ", reasons)}",
    };

    static string Text(RecordedPromise promise)
    {
        var demands = promise.Fields.Where(f => f.Value != promise.Path && f.Key != nameof(Promise.Pointer)
            && f.Value != nameof(PromiseType.Any)).Select(f => f.Key == nameof(Promise.Type) ? f.Value : $"{f.Key} {f.Value}").ToList();
        return demands.Count == 0 ? promise.Title : $"{promise.Title} ({string.Join(", ", demands)})";
    }

    IEnumerable<(string, string)> Files(Reference<Tree> reference)
    {
        if (_store.Trees.Find(reference) is not { } tree)
            return [];
        var absent = _store.Trees.Contains(reference) ? "" : ", collected";
        return tree.Entries.Select(e => ("file", e switch
        {
            TreeEntry.File file => $"{Path(file)}  {Quantities.Text(file.Size)}{(file.Executable ? ", executable" : "")}{absent}",
            TreeEntry.Link link => $"{Path(link)} → {Visible.Text(link.Target)}",
            _ => $"{Path(e)}/  (empty)",
        }));
    }

    // A line end in a name would make a row of its own.
    static string Path(TreeEntry entry) => Visible.Text(entry.Path.ToString());

    IEnumerable<(string, string)> Runs(History history, Selection? selection) =>
    [
        .. history.Runs.OrderBy(r => r.Facts.Order)
            .Select(r => ("run", Text(r.Facts, _states.Of(r), _states.Metric(r, selection), Name(r.Realization)))),
        .. history.Failures.OrderBy(f => f.Facts.Order)
            .Select(f => ("run", Text(f.Facts, $"failed: {f.Reason}", null, Name(f.Reference())))),
    ];

    static string Text(RunFacts facts, string state, string? metric, string result) => string.Join(", ", new[]
    {
        $"replicate {Text(facts.Replicate)}{(facts.Attempt == 1 ? "" : $", attempt {Text(facts.Attempt)}")}",
        metric is null ? null : Number(metric), state, Output.Took(facts.Duration), Output.When(facts.End), result,
    }.OfType<string>());

    IEnumerable<(string, string)> Notes(Run run) =>
        _states.Notes(run).Select(n => ("note", $"{Visible.Text(n.Text)} ({n.Who}, {Output.When(n.When)})"));

    IEnumerable<(string, string)> OfRun(Run run) =>
    [
        ($"run {run.Reference().Short}", ""),
        ("state", _states.Of(run)),
        .. Made(run), .. Notes(run), .. Files(run.Tree), .. Ends(run.Facts),
        ("run", run.Reference().ToString()), ("realization", run.Realization.ToString()), ("tree", run.Tree.ToString()),
        ("resolved", run.Facts.Resolved.ToString()), ("derivation", run.Facts.Derivation.ToString()),
    ];

    IEnumerable<(string, string)> OfFailure(Failure failure) =>
    [
        ($"failed run {failure.Reference().Short}", ""),
        ("failed", failure.Reason),
        .. Made(failure.Facts, "ended"),
        .. _store.Records.Find(failure.Facts.Derivation) is { } derivation ? ShownBuilder.Of(_store, derivation, failure.Facts) : [],
        .. _states.Notes(failure).Select(n => ("note", $"{Visible.Text(n.Text)} ({n.Who}, {Output.When(n.When)})")),
        .. Ends(failure.Facts),
        ("failure", failure.Reference().ToString()), ("resolved", failure.Facts.Resolved.ToString()),
        ("derivation", failure.Facts.Derivation.ToString()),
    ];

    static IEnumerable<(string, string)> Ends(RunFacts facts) =>
    [
        .. facts.Tools.Select(t => ("version", $"{t.Key}: {t.Value.Trim()}")),
        ("sandbox", facts.Sandbox),
        .. facts.Log is { } log ? new[] { ("log", log.ToString()) } : [],
    ];

    IEnumerable<(string, string)> Of(Derivation derivation) =>
    [
        ($"declaration of {derivation.Name}", ""),
        ("stage", derivation.Name.ToString()),
        .. ShownBuilder.Of(_store, derivation, null),
        ("derivation", derivation.Reference().ToString()),
    ];

    IEnumerable<(string, string)> OfResolved(Reference<Resolved> reference)
    {
        var history = _store.Records.History(reference);
        var stage = history.Facts.Select(f => _store.Records.Find(f.Derivation)).OfType<Derivation>().FirstOrDefault();
        return
        [
            ($"configuration of {stage?.Name.ToString() ?? "a stage that is not known any more"}", ""),
            .. stage is null ? [] : new[] { ("stage", stage.Name.ToString()) },
            .. stage is null ? [] : ShownBuilder.Of(_store, stage, history.Facts.First()),
            .. Runs(history, null),
            ("resolved", reference.ToString()),
        ];
    }

    IEnumerable<(string, string)> OfTree(Reference<Tree> tree) =>
    [
        ($"tree {tree.Short}", ""),
        .. new Tracer(_store).With(ImmutableHashSet.Create(tree)).Select(r => ("result", Named(r))),
        .. Files(tree),
        ("tree", tree.ToString()),
        ("folder", _store.Trees.FolderOf(tree)),
    ];

    string Named(Realization realization)
    {
        var run = _store.Records.History(realization.Resolved).FirstOf(realization.Tree);
        var stage = run is null ? null : _store.Records.Find(run.Facts.Derivation)?.Name;
        return $"{(stage is null ? "" : $"{stage} ")}{realization.Reference()}";
    }

    /// <summary>As much of a reference as people need.</summary>
    internal static string Name<T>(Reference<T> reference) => Output.IsTerminal ? reference.Short : reference.ToString();

    static string Number(string metric) => Output.IsTerminal ? Figure.Of(metric) : metric;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static MistakeException Gone() => new("it has just been collected");
}
