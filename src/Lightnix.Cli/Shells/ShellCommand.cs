using System.CommandLine;
using System.Runtime.InteropServices;
using Lightnix.Building;
using Lightnix.Explaining;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix shell</c>: a shell in the working folder of a stage, as a run had it.</summary>
sealed class ShellCommand(CommandContext context)
{
    const int MostListed = 5;

    // The one of this machine, if it has one.
    const string AnySandbox = "any";

    public static Command Create()
    {
        var stage = new Argument<string>("stage") { Description = "A stage of the project" };
        var words = new Argument<string[]>("command")
        {
            Description = "After --: a command to run in place of a shell; its exit code is that of lightnix",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var run = new Option<string?>("--run") { Description = "The beginning of a run's, a failure's or a realization's reference" };
        var last = new Option<bool>("--last") { Description = "As the last run had it: the project is not evaluated" };
        var keep = new Option<bool>("--keep") { Description = "The working folder stays, with what was written to out/" };
        return CommandAction.Create("shell", "Open a shell in a stage's own working folder, or run a command there",
            [stage, words, run, last, keep],
            (p, context) => new ShellCommand(context).Run(
                p.GetValue(stage)!, (p.GetValue(run), p.GetValue(last)), [.. p.GetValue(words)!], p.GetValue(keep)));
    }

    int Run(string stage, (string? Reference, bool Last) which, ImmutableArray<string> command, bool keep)
    {
        if (context.IsJson)
            throw new MistakeException("what a command prints is no JSON value: leave out --json");
        RefuseIdle(stage);
        if (which is { Reference: not null, Last: true })
            throw new MistakeException("--run and --last exclude each other: write one of them");
        var recorded = which is (null, false) ? Present(stage) : Recorded(stage, which.Reference);
        if (!recorded.Collected.IsEmpty)
            throw new MistakeException(Collected(stage, recorded));
        foreach (var line in Differences(recorded))
            Output.Error(line);
        return Open(recorded, command, keep);
    }

    // Of a stage that was built.
    void RefuseIdle(string stage)
    {
        if (context.Names.Stage(stage)?.Selection is not { } known)
            return;
        if (known.Results[0] is { Winner: { } winner })
            throw new MistakeException($"'{stage}' runs nothing, because it chooses: name the stage that won, '{winner.Stage}'");
        if (context.Store.Records.Find(known.Derivation)?.Builder is { Runs: false } builder)
            throw new MistakeException($"'{stage}' has no working folder: its result is {builder.Origin}");
    }

    // As the project declares it now.
    RecordedRun Present(string stage)
    {
        var project = Project(stage);
        var planned = PresentPlan.AskRun(project, context.Store.Folder, stage)
            ?? throw new MistakeException($"'{project}' has mistakes, or '{stage}' is no single stage of it; with --last, the project is "
                + "not evaluated, and the stage is as it last ran");
        if (planned.Run is not { } run)
            throw new MistakeException(NotResolved(stage, planned.Why.Reason));
        var sandbox = planned.WantsSandbox ? AnySandbox : RunFacts.NoSandbox;
        var history = context.Store.Records.History(run.Resolved.Reference());
        return RecordedRun.Of(context.Store, run, run.Facts(history, HostFacts.Here, sandbox, context.Now));
    }

    static string NotResolved(string stage, Reason reason) => reason.Waits.IsEmpty
        ? $"'{stage}' cannot run now{(reason.Wrong.IsEmpty ? "" : $": {string.Join("; ", reason.Wrong)}")}"
        : $"what '{stage}' reads is not up to date ({List(reason.Waits.Select(w => w.ToString()))}): build the project, or add --last for "
            + "the stage as it last ran";

    string Project(string stage) => context.Mine().Where(r => r.Stages.ContainsKey(stage) || r.Pending.ContainsKey(stage)) switch
    {
        var roots when roots.ToImmutableArray() is [var root] => root.Project,
        _ => BuildFile.Of(context.NamedProject).Path,
    };

    RecordedRun Recorded(string stage, string? reference)
    {
        var (facts, root) = reference is null ? LastRun(stage) : (Named(stage, reference), context.Mine().FirstOrDefault());
        return RecordedRun.Of(context.Store, facts, Path.GetDirectoryName(root?.Project))
            ?? throw new MistakeException($"the records of this run of '{stage}' were collected: build the project");
    }

    // The run that failed last, or the one that gave what is chosen.
    (RunFacts Facts, Root Root) LastRun(string stage)
    {
        if (context.Names.Failed(stage) is { } failed
            && failed.History.Facts.MaxBy(f => f.End) is { } last)
            return (last, failed.Root);
        if (context.Names.Stage(stage) is not { } named)
        {
            // It names what there is.
            context.Names.Realizations(stage);
            throw new MistakeException($"'{stage}' is no stage: name one, and its run with --run");
        }
        var result = named.Selection.Results[0];
        var run = context.Store.Records.History(result.Resolved).FirstOf(result.Tree)
            ?? throw new MistakeException($"the run of '{stage}' was collected: build the project");
        return (run.Facts, named.Root);
    }

    RunFacts Named(string stage, string reference)
    {
        var found = context.Names.Find(reference, FoundKind.Run, FoundKind.Failure, FoundKind.Realization);
        var facts = context.Names.Meant(found).Facts.MaxBy(f => f.Order)!;
        var name = context.Store.Records.Find(facts.Derivation)?.Name.ToString();
        return name is null || name.Equals(stage, StringComparison.OrdinalIgnoreCase) ? facts
            : throw new MistakeException($"'{reference}' is of the stage '{name}', not of '{stage}': write {name}");
    }

    string Collected(string stage, RecordedRun recorded)
    {
        var intermediate = context.Mine().SelectMany(r => r.Stages).Where(s => s.Value.IsIntermediate).Select(s => s.Key)
            .Intersect(recorded.Collected, StringComparer.OrdinalIgnoreCase).ToList();
        return $"the files of {List(recorded.Collected)}, which '{stage}' reads, are not in the store: "
            + (intermediate.Count == 0
                ? "'dotnet build' makes again what it chooses, and 'lightnix import' brings any result"
                : $"build {List(intermediate)} without Intermediate, which runs it once and changes nothing else");
    }

    static string List(IEnumerable<string> names) => Listed.First(MostListed, names.Select(n => $"'{n}'"));

    static IEnumerable<string> Differences(RecordedRun recorded)
    {
        if (!recorded.Lost.IsEmpty)
            yield return $"not kept, and no longer in the project as they were, so missing here: {List(recorded.Lost)}";
        if (!recorded.Edited.IsEmpty)
            yield return $"edited since, and here as they were: {List(recorded.Edited)}; a build takes the edits up";
    }

    static string List(IEnumerable<SourceEntry> sources) => List(sources.Select(s => s.Path.ToString()));

    string AsOf(RunFacts facts) => facts.Start == context.Now ? "as the project declares it" : $"as it ran {Output.When(facts.Start)}";

    int Open(RecordedRun recorded, ImmutableArray<string> command, bool keep)
    {
        var facts = recorded.Facts;
        if (command.IsEmpty)
            Output.Error(string.Create(CultureInfo.InvariantCulture, $"'{recorded.Derivation.Name}' {AsOf(facts)}: "
                + $"replicate {facts.Replicate}, seed {facts.Seed}; {(keep ? "the folder stays" : "out/ is thrown away")}"));
        // They are meant for what runs in the terminal.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, c => c.Cancel = true);
        var shell = new StageShell(recorded, command, keep, TimeProvider.System) { Notice = Output.Error };
        var (code, kept) = shell.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (kept is not null)
            Output.Error($"the working folder is '{kept}'");
        return code;
    }
}
