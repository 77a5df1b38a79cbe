using Lightnix.Building;
using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix unadopt</c>: takes adoptions back.</summary>
static class UnadoptCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        return CommandAction.Create("unadopt", "Take adoptions back: the next build runs the stage", [what],
            (p, context) => Run(context, p.GetValue(what)!));
    }

    static int Run(CommandContext context, string text)
    {
        var adopted = Adopted(context, text).DistinctBy(r => r.Reference()).ToImmutableArray();
        if (adopted.IsEmpty)
            throw new MistakeException($"no result of '{text}' was adopted");
        foreach (var run in adopted)
            context.Store.Records.Withdraw(run, HostFacts.Who, context.Now);
        return RealizationReport.Show(context, "unadopted", adopted.Select(r => new Realization(r.Facts.Resolved, r.Tree)).Distinct());
    }

    static IEnumerable<Run> Adopted(CommandContext context, string text)
    {
        var records = context.Store.Records;
        var stage = context.Names.Stage(text);
        var meant = new MeantStages(context, stage?.Stage ?? text);
        var known = context.Names.Resolved(text).Concat(meant.Resolved).ToHashSet();
        if (known.Count == 0)
            return context.Names.Realizations(text).SelectMany(r => records.History(r.Resolved).Runs.Where(run => run.Tree == r.Tree))
                .Where(r => r.Adopted is not null);
        var projects = (stage is null ? context.Mine() : [stage.Root]).Select(r => r.Project).ToHashSet(StringComparer.Ordinal);
        // An adoption of the first format has no project. If it is not built yet, it was taken from what is chosen here. If it is, it
        // belongs to the project that built it.
        var origins = known.SelectMany(r => records.History(r).Runs).Select(r => r.Adopted?.From ?? r.Realization).ToHashSet();
        var built = context.Store.Roots.Readable()
            .SelectMany(r => r.Stages.Values.SelectMany(s => s.Results.Select(c => c.Resolved)).Concat(r.Pending.Values)).ToHashSet();
        return new StoreIndex(context.Store).Runs().Where(r => r.Adopted is { } a
            && (known.Contains(r.Facts.Resolved)
                || (a.Project is { } project ? projects.Contains(project) && Is(r)
                    : origins.Contains(a.From) && !built.Contains(r.Facts.Resolved))));

        bool Is(Run run) => records.Find(run.Facts.Derivation) is { } derivation && meant.Has(derivation);
    }
}
