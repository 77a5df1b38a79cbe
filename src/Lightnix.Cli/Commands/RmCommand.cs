using System.CommandLine;
using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix rm</c>: rejects realizations, so that no build chooses them again.</summary>
static class RmCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        var reason = new Option<string>("--reason") { Description = "Why, for those who come later" };
        var sources = new Option<bool>("--sources") { Description = "Delete the kept sources of a run or a stage instead" };
        var checkpoint = new Option<bool>("--checkpoint") { Description = "Delete the checkpoints of a stage instead: it starts afresh" };
        var command = CommandAction.Create("rm", "Reject a realization: it is never chosen again, and its reason stays",
            [what, reason, sources, checkpoint],
            (p, context) => p.GetValue(checkpoint)
                ? CheckpointCommand.Remove(context, p.GetValue(what)!)
                : p.GetValue(sources)
                ? KeptSourcesCommand.Remove(context, p.GetValue(what)!)
                : Run(context, p.GetValue(what)!, p.GetValue(reason)));
        command.Aliases.Add("reject");
        return command;
    }

    static int Run(CommandContext context, string text, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new MistakeException("a rejection needs a reason: --reason \"…\"");
        var realizations = context.Names.Realizations(text);
        foreach (var realization in realizations)
        {
            var rejections = context.Store.Records.History(realization.Resolved).Rejections;
            if (rejections.All(r => r.Realization != realization.Reference()))
                context.Store.Records.Add(new Rejection(realization.Reference(), reason, HostFacts.Who, context.Now));
        }
        Show(context, realizations, [.. Copies(context.Store, [.. realizations.Select(r => r.Reference())])]);
        return ExitCodes.Done;
    }

    // What was adopted from a result is a result of its own.
    static IEnumerable<Run> Copies(Store store, ImmutableHashSet<Reference<Realization>> rejected) => new StoreIndex(store).Runs()
        .Where(r => r.Adopted is { } a && rejected.Contains(a.From)
            && store.Records.History(r.Facts.Resolved).Rejections.All(j => j.Realization != r.Realization))
        .DistinctBy(r => r.Realization);

    static void Show(CommandContext context, ImmutableArray<Realization> rejected, ImmutableArray<Run> copies)
    {
        if (context.IsJson)
        {
            Output.Json(JsonValue.Object.Empty.With("rejected", JsonValue.Texts(rejected.Select(r => r.Reference().ToString())))
                .WithOptional("adoptedCopies", JsonValue.Texts(copies.Select(r => r.Realization.ToString())).Items));
            return;
        }
        foreach (var realization in rejected)
            Output.Line($"rejected {realization.Reference()}");
        foreach (var copy in copies)
        {
            var stage = context.Store.Records.Find(copy.Facts.Derivation)?.Name.ToString() ?? "?";
            var project = copy.Adopted!.Project is { } file ? $" of '{file}'" : "";
            Output.Line($"{copy.Realization.Short} stays, and may be chosen: stage '{stage}'{project} adopted it from there; "
                + $"'{context.Store.Tool.Of($"rm {copy.Realization.Short} --reason TEXT")}' rejects it");
        }
    }
}
