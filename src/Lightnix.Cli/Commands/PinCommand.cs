using Lightnix.Building;
using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix pin</c>: keeps realizations from garbage collection.</summary>
static class PinCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        var reason = new Option<string?>("--reason") { Description = "Why, for those who come later" };
        var closure = new Option<bool>("--closure") { Description = "Also all that it was made from" };
        return CommandAction.Create("pin", "Keep a realization, whatever is collected", [what, reason, closure],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(reason) ?? "", p.GetValue(closure)));
    }

    static int Run(CommandContext context, string text, string reason, bool closure)
    {
        var named = context.Names.Realizations(text);
        var all = closure ? LineageClosure.Of(named, context.Store) : named;
        foreach (var realization in all)
            Pin(context, realization, reason);
        return RealizationReport.Show(context, "pinned", all);
    }

    static void Pin(CommandContext context, Realization realization, string reason)
    {
        var reference = realization.Reference();
        context.Store.Pins.Add(new(reference, realization.Resolved, realization.Tree, reason, HostFacts.Who, context.Now));
        if (!context.Store.Trees.Contains(realization.Tree))
            Output.Error($"the tree of {reference.Short} was collected already: only its records are kept");
    }
}
