using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix why WHAT --kept</c>: the way from a root, pin or lock file to a result.</summary>
sealed class KeptReport(CommandContext context)
{
    public void Show(string what)
    {
        var results = context.Names.Traced(what, new Tracer(context.Store)).Results;
        var query = new KeeperQuery(context.Store);
        ImmutableArray<(Realization Of, ImmutableArray<Keeper> Keepers, string? Garbage)> found =
            [.. from result in results
                let keepers = query.Of(result)
                select (result, keepers, keepers.Any(k => k.KeepsFiles) ? null : Garbage(result))];
        if (context.IsJson)
            Output.Json(new JsonValue.Array([.. found.Select(f => Json(f.Of, f.Keepers, f.Garbage))]));
        else if (Output.IsTerminal)
            foreach (var (of, keepers, garbage) in found)
                ShowOne(of, keepers, garbage);
        else
            Output.Rows([], found.SelectMany(f => f.Keepers.Select(k => Row(f.Of, k))));
    }

    // What the next collection would take of it by default; null: nothing.
    string? Garbage(Realization realization)
    {
        var items = context.Store.Maintenance.Plan(new(), context.Now).Items;
        if (items.Any(i => i.Kind == GarbageKind.Records && i.Place.Contains(realization.Resolved.ToString(), StringComparison.Ordinal)))
            return "records and files";
        return items.Any(i => i.Kind == GarbageKind.Tree && i.Place.Contains(realization.Tree.ToString(), StringComparison.Ordinal))
            ? "files" : null;
    }

    void ShowOne(Realization realization, ImmutableArray<Keeper> keepers, string? garbage)
    {
        var present = context.Store.Trees.Contains(realization.Tree) ? "" : " (its files are collected)";
        Output.Line($"{realization.Reference().Short}{present}");
        foreach (var keeper in keepers)
        {
            Output.Line($"  {keeper.Kind} {keeper.Name}");
            Output.Line($"    {string.Join(" → ", keeper.Path.Select(Text))}: {Effect(keeper)}");
        }
        if (keepers.IsEmpty)
            Output.Line("  no root, pin or lock file needs it");
        Output.Line(garbage is null ? keepers.Any(k => k.KeepsFiles) ? "  gc takes nothing of it"
            : "  gc takes nothing of it now: it was made or used in the last 14 days" : $"  gc would take its {garbage}");
    }

    static string Effect(Keeper keeper) => (keeper.KeepsFiles, keeper.Because) switch
    {
        (true, { } because) => because,
        (true, null) => "it stays",
        (false, { } because) => $"{because}; its records stay",
        (false, null) => "its records stay, and its files may be collected",
    };

    static string Text(KeptResult result) => $"{(result.Stage is null ? "" : $"{result.Stage} ")}{result.Realization.Short}";

    static string[] Row(Realization of, Keeper keeper) =>
    [
        of.Reference().ToString(), keeper.Kind, keeper.Name, string.Join('/', keeper.Path.Select(p => p.Stage ?? "")),
        keeper.KeepsFiles ? "files" : "records",
    ];

    static JsonValue.Object Json(Realization of, ImmutableArray<Keeper> keepers, string? garbage) => JsonValue.Object.Empty
        .With("realization", of.Reference().ToString()).WithOptional("garbage", garbage)
        .With("keepers", new JsonValue.Array([.. keepers.Select(k => JsonValue.Object.Empty.With("kind", k.Kind).With("name", k.Name)
            .With("files", k.KeepsFiles).WithOptional("because", k.Because)
            .With("path", new JsonValue.Array([.. k.Path.Select(p => JsonValue.Object.Empty
                .With("realization", p.Realization.ToString()).WithOptional("stage", p.Stage))])))]));
}
