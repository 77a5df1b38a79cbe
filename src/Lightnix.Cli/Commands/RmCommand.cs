using Lightnix.Building;
using System.CommandLine;

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
        return RealizationReport.Show(context, "rejected", realizations);
    }
}
