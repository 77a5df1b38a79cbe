namespace Lightnix.Cli;

/// <summary><c>lightnix ls --runs</c>: all runs that roots count, and the failed runs of stages without a choice.</summary>
sealed class RunTable(CommandContext context, DamageList damages)
{
    readonly ResultStates _states = new(context.Store);

    public void Show(ImmutableArray<Root> roots)
    {
        var stages = roots.SelectMany(Stages).ToImmutableArray();
        if (context.IsJson)
        {
            var runs = stages.SelectMany(s => s.Runs.Select(r => s.Mark(RunJson.Of(_states, r, s.Selection))));
            var failures = stages.SelectMany(s => s.Failures.Select(f => s.Mark(RunJson.Of(f, _states.Notes(f)))));
            Output.Json(new JsonValue.Array([.. runs, .. failures]));
            return;
        }
        // Each run's metric is a file of its tree.
        var runRows = stages.AsParallel().AsOrdered().SelectMany(s => s.Runs.Select(r => Row(s, r)));
        var rows = runRows.AsSequential().Concat(stages.SelectMany(s => s.Failures.Select(f => Row(s, f))));
        Output.Rows(["stage", "replicate", "attempt", "state", "metric", "took", "ended", "result", "note"], rows);
    }

    // Of a stage, what its choice was made from, and what its last build could not choose from.
    IEnumerable<ListedStage> Stages(Root root)
    {
        // A choice stage has no runs: those of its candidates are listed with their stages.
        var chosen = root.Stages.Where(s => !s.Value.Choice.IsAmongStages).Select(s => (s.Key, s.Value.Resolved));
        var pending = root.Pending.Select(p => (p.Key, Resolved: p.Value));
        return chosen.Concat(pending).Distinct().Select(s =>
        {
            var history = damages.Try(() => _states.History(s.Resolved)) ?? History.Empty;
            return new ListedStage(root, s.Key, root.Stages.GetValueOrDefault(s.Key), history);
        });
    }

    string[] Row(ListedStage stage, Run run)
    {
        var state = _states.Of(run) + (_states.Rejection(run) is { } reason ? $": {Visible.Text(reason)}" : "")
            + (run.Adopted is { } adopted ? $", adopted: {Visible.Text(adopted.Reason)}" : "");
        return Row(stage, run.Facts, Cell.Of(run.Realization), state, _states.Metric(run, stage.Selection), _states.Notes(run));
    }

    string[] Row(ListedStage stage, Failure failure) => Row(
        stage, failure.Facts, Cell.Of(failure.Reference()), $"failed: {Visible.Text(failure.Reason)}", null, _states.Notes(failure));

    static string[] Row(ListedStage stage, RunFacts facts, string result, string state, string? metric, ImmutableArray<Note> notes) =>
    [
        .. Output.IsTerminal ? Array.Empty<string>() : [stage.Root.Project],
        stage.Stage, Cell.Text(facts.Replicate), Output.IsTerminal && facts.Attempt == 1 ? "" : Cell.Text(facts.Attempt),
        state + Output.Tries(facts), Cell.Number(metric), Output.Took(facts.Duration), Cell.Ago(facts.End), result, RunJson.Text(notes),
    ];

    sealed record ListedStage(Root Root, string Stage, Selection? Selection, History History)
    {
        public IEnumerable<Run> Runs => History.Runs.OrderBy(r => r.Facts.Order);

        // After a build that could choose, earlier failures do not matter.
        public IEnumerable<Failure> Failures => Root.Pending.ContainsKey(Stage) ? History.Failures.OrderBy(f => f.Facts.Order) : [];

        public JsonValue.Object Mark(JsonValue.Object run) => run.With("project", Root.Project).With("stage", Stage);
    }
}
