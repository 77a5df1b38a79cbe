using System.CommandLine;
using System.Runtime.InteropServices;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix shell</c>: a shell in the working folder of a stage, as a run had it.</summary>
sealed class ShellCommand(CommandContext context)
{
    const int MostListed = 5;

    public static Command Create()
    {
        var stage = new Argument<string>("stage") { Description = "A stage of the project" };
        var words = new Argument<string[]>("command")
        {
            Description = "After --: a command to run in place of a shell; its exit code is that of lightnix",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var run = new Option<string?>("--run") { Description = "The beginning of a run's, a failure's or a realization's reference" };
        var keep = new Option<bool>("--keep") { Description = "The working folder stays, with what was written to out/" };
        return CommandAction.Create("shell", "Open a shell in a stage's own working folder, or run a command there",
            [stage, words, run, keep],
            (p, context) => new ShellCommand(context).Run(p.GetValue(stage)!, p.GetValue(run), [.. p.GetValue(words)!], p.GetValue(keep)));
    }

    int Run(string stage, string? reference, ImmutableArray<string> command, bool keep)
    {
        if (context.IsJson)
            throw new MistakeException("what a command prints is no JSON value: leave out --json");
        var recorded = Recorded(stage, reference);
        if (!recorded.Derivation.Builder.Runs)
            throw new MistakeException($"'{stage}' has no working folder: its result is {recorded.Derivation.Builder.Origin}");
        if (!recorded.Collected.IsEmpty)
            throw new MistakeException(Collected(stage, recorded));
        foreach (var line in Differences(recorded))
            Output.Error(line);
        return Open(recorded, command, keep);
    }

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
            && context.Store.Records.History(failed.Resolved).Facts.MaxBy(f => f.End) is { } last)
            return (last, failed.Root);
        if (context.Names.Stage(stage) is not { } named)
        {
            // It names what there is.
            context.Names.Realizations(stage);
            throw new MistakeException($"'{stage}' is no stage: name one, and its run with --run");
        }
        if (named.Selection.Results[0] is { Winner: { } winner })
            throw new MistakeException($"'{stage}' runs nothing, because it chooses: name the stage that won, '{winner.Stage}'");
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
            yield return $"not kept, and missing in the folder: {List(recorded.Lost)}";
        if (!recorded.Edited.IsEmpty)
            yield return $"edited since, and here as they were: {List(recorded.Edited)}; a build takes the edits up";
    }

    static string List(IEnumerable<SourceEntry> sources) => List(sources.Select(s => s.Path.ToString()));

    int Open(RecordedRun recorded, ImmutableArray<string> command, bool keep)
    {
        var facts = recorded.Facts;
        if (command.IsEmpty)
            Output.Error(string.Create(CultureInfo.InvariantCulture, $"'{recorded.Derivation.Name}' as it ran {Output.When(facts.Start)}: "
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
