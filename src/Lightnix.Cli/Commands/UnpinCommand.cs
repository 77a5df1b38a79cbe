using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix unpin</c>: ends pins of realizations, or the one with a name.</summary>
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
        var pins = context.Store.Pins;
        if (!closure && pins.Find(text) is { Name: { } name } pin && context.Names.Stage(text) is null)
            return Unname(context, name, pin);
        var named = context.Names.Realizations(text);
        var unpinned = new List<Realization>();
        foreach (var realization in closure ? LineageClosure.Of(named, context.Store) : named)
        {
            if (pins.Remove(realization.Reference()))
                unpinned.Add(realization);
            else if (named.Contains(realization))
                throw new MistakeException($"{realization.Reference().Short} is not pinned");
        }
        return RealizationReport.Show(context, "unpinned", unpinned);
    }

    // Other pins of the realization are decisions of their own.
    static int Unname(CommandContext context, StageName name, Pin pin)
    {
        context.Store.Pins.Remove(name);
        if (context.Store.Pins.All().Any(p => p.Realization == pin.Realization))
            Output.Error($"{pin.Realization.Short} stays pinned, without the name '{name}': unpin {pin.Realization.Short} ends that");
        return RealizationReport.Show(context, "unpinned", [new(pin.Resolved, pin.Tree)]);
    }
}
