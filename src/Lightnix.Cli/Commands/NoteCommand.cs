using Lightnix.Building;
using Lightnix.Storage;
using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix note</c>: adds a remark to a run, completed or failed.</summary>
static class NoteCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run")
        {
            Description = "The beginning of a run's, a failure's or a result's reference; or a stage: the run that gave its result",
        };
        var text = new Argument<string>("text") { Description = "The remark; no hash depends on it" };
        return CommandAction.Create("note", "Add a remark to a run", [run, text],
            (p, context) => Run(context, p.GetValue(run)!, p.GetValue(text)!));
    }

    static int Run(CommandContext context, string name, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new MistakeException("a note needs a text: lightnix note RUN \"…\"");
        var (run, facts) = Find(context, name);
        var note = new Note(run, text, HostFacts.Who, context.Now);
        context.Store.Records.Add(note, facts.Resolved);
        if (context.IsJson)
            Output.Json(RunJson.Of(note).With("run", run.ToString()));
        else
            Output.Line(FormattableString.Invariant($"noted {run.Short}, replicate {facts.Replicate} of {Output.When(facts.End)}"));
        return ExitCodes.Done;
    }

    // Of several runs that gave a result, the first: trace shows that one.
    static (Digest Run, RunFacts Facts) Find(CommandContext context, string name)
    {
        var names = context.Names;
        var history = names.IsName(name) ? Of(names.Realizations(name))
            : names.Meant(names.Find(name, FoundKind.Run, FoundKind.Failure, FoundKind.Realization));
        if (history.Runs.MinBy(r => r.Facts.Order) is { } run)
            return (run.Reference().Digest, run.Facts);
        return history.Failures.FirstOrDefault() is { } failure ? (failure.Reference().Digest, failure.Facts)
            : throw new MistakeException($"no run of '{name}' is known any more");

        History Of(ImmutableArray<Realization> results) => results is [var one]
            ? names.Meant(new(FoundKind.Realization, one.Reference().Digest, one.Resolved))
            : throw new MistakeException($"'{name}' has {results.Length} chosen results, and a note is about one run: "
                + $"name one of {Listed.First(5, results.Select(r => r.Reference().Short))}");
    }
}
