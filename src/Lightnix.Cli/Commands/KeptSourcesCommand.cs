using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix rm --sources</c>: deletes the kept sources of runs, as one with a password in it.</summary>
static class KeptSourcesCommand
{
    public static int Remove(CommandContext context, string text)
    {
        var store = context.Store;
        var sources = Derivations(context, text).Distinct().Select(store.Records.Find).OfType<Derivation>()
            .SelectMany(d => d.Sources).DistinctBy(s => (s.Path, s.Content)).Where(s => store.Sources.FileOf(s.Content) is not null)
            .OrderBy(s => s.Path).ToImmutableArray();
        var shared = sources.Where(s => !store.Sources.Remove(s.Content)).ToImmutableArray();
        ImmutableArray<SourceEntry> removed = [.. sources.Except(shared)];
        var others = Others(context, text).ToImmutableArray();
        if (context.IsJson)
        {
            Output.Json(JsonValue.Object.Empty.With("removed", Json(removed)).With("inResults", Json(shared))
                .WithOptional("others", others.Select(o => Json(o.Source).With("derivation", o.Of.ToString()))));
        }
        else
            Show(context, removed, shared, others);
        return shared.IsEmpty ? ExitCodes.Done : ExitCodes.Found;
    }

    // Of a stage: of all runs that may have been chosen for it.
    static IEnumerable<Reference<Derivation>> Derivations(CommandContext context, string text)
    {
        var records = context.Store.Records;
        var meant = new MeantStages(context, text);
        var stages = context.Names.Stage(text) is { } stage ? [stage] : meant.Chosen;
        var resolved = context.Names.Resolved(text).Concat(meant.Resolved).ToHashSet();
        if (resolved.Count > 0)
            return [.. stages.Select(s => s.Selection.Derivation), .. resolved.SelectMany(r => Of(records.History(r)))];
        var found = context.Names.Find(text, FoundKind.Realization, FoundKind.Run, FoundKind.Failure, FoundKind.Resolved,
            FoundKind.Derivation);
        return found.Kind switch
        {
            FoundKind.Derivation => [new(found.Digest)],
            FoundKind.Realization => Of(records.History(found.In!)),
            _ => Of(context.Names.Meant(found)),
        };
    }

    // What is still kept of other versions of the stage. The store does not know the projects of runs.
    static IEnumerable<(SourceEntry Source, Reference<Derivation> Of)> Others(CommandContext context, string text)
    {
        var records = context.Store.Records;
        var meant = new MeantStages(context, context.Names.Stage(text)?.Stage ?? text);
        return from reference in new StoreIndex(context.Store).All().SelectMany(r => Of(records.History(r))).Distinct()
               let derivation = records.Find(reference)
               where derivation is not null && meant.Has(derivation)
               from source in derivation.Sources
               where context.Store.Sources.FileOf(source.Content) is not null
               orderby source.Path
               select (source, reference);
    }

    static IEnumerable<Reference<Derivation>> Of(History history) => history.Facts.Select(f => f.Derivation);

    static JsonValue.Array Json(ImmutableArray<SourceEntry> sources) => new([.. sources.Select(Json)]);

    static JsonValue.Object Json(SourceEntry source) =>
        JsonValue.Object.Empty.With("path", source.Path.ToString()).With("sha256", source.Content.ToString());

    static void Show(CommandContext context, ImmutableArray<SourceEntry> removed, ImmutableArray<SourceEntry> shared,
        ImmutableArray<(SourceEntry Source, Reference<Derivation> Of)> others)
    {
        foreach (var source in removed)
            Output.Line($"removed {source.Path} {source.Content.Short}");
        foreach (var source in shared)
            Output.Line($"{source.Path} {source.Content.Short} stays, because a result has a file with the same bytes: "
                + "reject that result (lightnix rm WHAT --reason TEXT) and collect garbage, then remove the source");
        foreach (var (source, of) in others.DistinctBy(o => (o.Source.Path, o.Source.Content)).ExceptBy(shared, o => o.Source))
            Output.Line($"{source.Path} {source.Content.Short} stays, of another version of the stage, here or in another project: "
                + $"{context.Store.Tool.Of($"rm {of.Short} --sources")}");
        if (removed.IsEmpty && shared.IsEmpty)
            Output.Line("none of its sources is kept");
        else
            Output.Line("a later run keeps its sources again; LightnixKeepSources=None prevents that");
    }
}
