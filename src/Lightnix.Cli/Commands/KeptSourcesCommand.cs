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
        var earlier = Earlier(context, text);
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("removed", Json(removed)).With("inResults", Json(shared))
                .With("earlier", JsonValue.Texts(earlier.Select(r => r.ToString()))));
        else
            Show(removed, shared, earlier);
        return shared.IsEmpty ? ExitCodes.Done : ExitCodes.Found;
    }

    // Derivations of other runs, with the name of the stage, whose sources are kept: of former versions, or of another project.
    static ImmutableArray<Reference<Derivation>> Earlier(CommandContext context, string text)
    {
        var store = context.Store;
        var name = context.Names.Stage(text)?.Stage ?? context.Names.Failed(text)?.Stage;
        return name is null ? [] : [.. new StoreIndex(store).All().SelectMany(r => Of(store.Records.History(r))).Distinct()
            .Where(d => store.Records.Find(d) is { } derivation
                && string.Equals(derivation.Name.ToString(), name, StringComparison.OrdinalIgnoreCase)
                && derivation.Sources.Any(s => store.Sources.FileOf(s.Content) is not null)).Order()];
    }

    // Of a stage: of all runs that may have been chosen for it.
    static IEnumerable<Reference<Derivation>> Derivations(CommandContext context, string text)
    {
        var records = context.Store.Records;
        if (context.Names.Stage(text) is { } stage)
            return [stage.Selection.Derivation, .. stage.Selection.Results.SelectMany(r => Of(records.History(r.Resolved)))];
        if (context.Names.Failed(text) is { } failed)
            return Of(records.History(failed.Resolved));
        var found = context.Names.Find(text, FoundKind.Realization, FoundKind.Run, FoundKind.Failure, FoundKind.Resolved,
            FoundKind.Derivation);
        return found.Kind switch
        {
            FoundKind.Derivation => [new(found.Digest)],
            FoundKind.Resolved => Of(records.History(new(found.Digest))),
            FoundKind.Realization => Of(records.History(records.FindRealization(found.Digest.ToString())!.Resolved)),
            FoundKind.Run => from run in records.History(found.In!).Runs
                             where run.Reference().Digest == found.Digest
                             select run.Facts.Derivation,
            _ => from failure in records.History(found.In!).Failures
                 where failure.Reference().Digest == found.Digest
                 select failure.Facts.Derivation,
        };
    }

    static IEnumerable<Reference<Derivation>> Of(History history) =>
        history.Runs.Select(r => r.Facts.Derivation).Concat(history.Failures.Select(f => f.Facts.Derivation));

    static JsonValue.Array Json(ImmutableArray<SourceEntry> sources) => new(
        [.. sources.Select(s => JsonValue.Object.Empty.With("path", s.Path.ToString()).With("sha256", s.Content.ToString()))]);

    static void Show(
        ImmutableArray<SourceEntry> removed, ImmutableArray<SourceEntry> shared, ImmutableArray<Reference<Derivation>> earlier)
    {
        foreach (var source in removed)
            Output.Line($"removed {source.Path} {source.Content.Short}");
        foreach (var source in shared)
            Output.Line($"{source.Path} {source.Content.Short} stays, because a result has a file with the same bytes: "
                + "reject that result (lightnix rm WHAT --reason TEXT) and collect garbage, then remove the source");
        if (removed.IsEmpty && shared.IsEmpty)
            Output.Line("none of its sources is kept");
        else
            Output.Line("a later run keeps its sources again; LightnixKeepSources=None prevents that");
        if (!shared.IsEmpty || earlier.IsEmpty)
            return;
        var cures = earlier.Select(d => $"lightnix rm {d.Short} --sources");
        Output.Line($"other versions of the stage have kept sources: {Listed.First(5, cures)}");
    }
}
