using System.CommandLine;

namespace Lightnix.Cli;

static class UnpinCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        var closure = new Option<bool>("--closure") { Description = "Also all that it was made from" };
        return CommandAction.Create("unpin", "Keep it no longer", [what, closure],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(closure)));
    }

    static int Run(CommandContext context, string text, bool closure)
    {
        var named = context.Names.Realizations(text);
        var unpinned = new List<Realization>();
        foreach (var realization in closure ? LineageClosure.Of(named, context.Store) : named)
        {
            if (context.Store.Pins.Remove(realization.Reference()))
                unpinned.Add(realization);
            else if (named.Contains(realization))
                throw new MistakeException($"{realization.Reference().Short} is not pinned");
        }
        return RealizationReport.Show(context, "unpinned", unpinned);
    }
}
