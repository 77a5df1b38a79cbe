using Lightnix.Building;
using Lightnix.Storage;
using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix pin</c>: keeps realizations from garbage collection, and names one.</summary>
static class PinCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        var reason = new Option<string?>("--reason") { Description = "Why, for those who come later" };
        var name = new Option<string?>("--as") { Description = "A name of it, which each verb takes from now on" };
        var closure = new Option<bool>("--closure") { Description = "Also all that it was made from" };
        return CommandAction.Create("pin", "Keep a realization, whatever is collected", [what, reason, name, closure],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(reason) ?? "", p.GetValue(name), p.GetValue(closure)));
    }

    static int Run(CommandContext context, string text, string reason, string? name, bool closure)
    {
        var named = context.Names.Realizations(text);
        var given = name is null ? null : Name(context, name, text, named);
        var all = closure ? LineageClosure.Of(named, context.Store) : named;
        foreach (var realization in all)
            Pin(context, realization, reason, named.Contains(realization) ? given : null);
        return RealizationReport.Show(context, "pinned", all);
    }

    static void Pin(CommandContext context, Realization realization, string reason, StageName? name)
    {
        var reference = realization.Reference();
        context.Store.Pins.Add(new(reference, realization.Resolved, realization.Tree, reason, HostFacts.Who, context.Now) { Name = name });
        if (!context.Store.Trees.Contains(realization.Tree))
            Output.Error($"the tree of {reference.Short} was collected already: only its records are kept");
    }

    static StageName Name(CommandContext context, string name, string text, ImmutableArray<Realization> named)
    {
        if (!StageName.TryParse(name, out var parsed))
            throw new MistakeException($"'{name}' in --as is no name: write a letter, then letters, digits, '_' and '-'");
        if (name.Length >= StoreIndex.ShortestPrefix && name.All(char.IsAsciiHexDigit))
            throw new MistakeException($"'{name}' in --as may be the beginning of a reference: write another name, as 'the-{name}'");
        if (named is not [var one])
            throw new MistakeException($"'{text}' has {named.Length} chosen results, and a name is of one: "
                + $"pin one of {Listed.First(5, named.Select(r => r.Reference().Short))}");
        var stage = context.Store.Roots.Readable().FirstOrDefault(r => r.Stages.ContainsKey(name) || r.Pending.ContainsKey(name));
        if (stage is not null)
            throw new MistakeException($"'{name}' in --as is a stage of '{stage.Project}': write another name, as '{name}-v1'");
        if (context.Store.Pins.Find(name) is { } taken && taken.Realization != one.Reference())
            throw new MistakeException($"'{name}' in --as is the name of {taken.Realization.Short}: write another name, or "
                + $"'{context.Store.Tool.Of($"unpin {name}")}' first");
        return parsed;
    }
}
