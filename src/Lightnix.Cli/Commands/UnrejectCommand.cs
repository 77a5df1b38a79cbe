using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix unreject</c>: takes rejections back.</summary>
static class UnrejectCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        return CommandAction.Create("unreject", "Take a rejection back: the realization may be chosen again", [what],
            (p, context) => Run(context, p.GetValue(what)!));
    }

    static int Run(CommandContext context, string text)
    {
        var realizations = Rejected(context, text);
        foreach (var realization in realizations)
        {
            if (!context.Store.Records.RemoveRejections(realization))
                throw new MistakeException($"{realization.Reference().Short} is not rejected");
        }
        return RealizationReport.Show(context, "unrejected", realizations);
    }

    // Of a stage, all rejected results: the last build may have chosen none.
    static ImmutableArray<Realization> Rejected(CommandContext context, string text)
    {
        var known = context.Names.Resolved(text);
        if (known.IsEmpty)
            return context.Names.Realizations(text);
        var rejected = from reference in known
                       let history = context.Store.Records.History(reference)
                       from run in history.Runs
                       where history.Rejections.Any(j => j.Realization == run.Realization)
                       select new Realization(reference, run.Tree);
        ImmutableArray<Realization> found = [.. rejected.Distinct()];
        return found.IsEmpty ? throw new MistakeException($"no result of '{text}' is rejected") : found;
    }
}
