using System.Collections.Immutable;
using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What every verb works with: a store, projects, and a way to say things.</summary>
sealed class Desk : IDisposable
{
    readonly string? _project;

    Desk(Store store, string? project, Speech speech) => (Store, _project, Speech) = (store, project, speech);

    public Store Store { get; }

    public Speech Speech { get; }

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public static Desk Open(string? store, string? project, bool json)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var usual = Path.GetFullPath(StorePath.Expand(Choose(Environment.GetEnvironmentVariable("LIGHTNIX_STORE")) ?? "~/.lightnix", home));
        var folder = Choose(store) is { } other ? Path.GetFullPath(StorePath.Expand(other, home)) : usual;
        // Looking must not make a store.
        if (!File.Exists(Path.Combine(folder, "format")))
            throw new MistakeException($"there is no store in '{folder}': build a project, or name another with --store");
        return new(Store.Open(folder, new StoreOptions { Abandoned = OrphanedBuilders.End, Waiting = Speech.Complain, ToolStore = Path.TrimEndingDirectorySeparator(usual) }), Choose(project) is { } named ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(named)) : null, new(json));
    }

    static string? Choose(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Roots of the project that was named; else of those in the current folder.</summary>
    public ImmutableArray<Root> Mine()
    {
        var here = Environment.CurrentDirectory;
        return [.. Roots().Where(r => _project is not null || Path.GetDirectoryName(r.Project) == here)];
    }

    /// <summary>All that can be read, or those of the project that was named.</summary>
    /// <exception cref="MistakeException">The store has no root of the project that was named.</exception>
    public ImmutableArray<Root> Roots()
    {
        var all = Store.Roots.All();
        ImmutableArray<Root> mine = [.. all.Select(r => r.Root).OfType<Root>().Where(r => _project is null || r.Project == _project || Path.GetDirectoryName(r.Project) == _project)];
        return _project is null || !mine.IsEmpty ? mine : throw new MistakeException(
            $"the store '{Store.Folder}' has no root of '{_project}': build the project, or name one that '{Store.Tool.Of("ls")}' lists{(all.Any(r => r.Root is null) ? $" (some roots cannot be read: {Store.Tool.Of("verify")})" : "")}");
    }

    /// <summary>A project as it was written: a path, or the beginning of a root's file name.</summary>
    public string ProjectName(string text) => text.Length == 0 ? throw new MistakeException("'' in --forget names no project: write a project file, or the first characters of a root's file name") : Store.Roots.All().Any(r => r.Root?.Project == Path.GetFullPath(text)) ? Path.GetFullPath(text) : text;

    /// <summary>The choices that a text means: of a stage; null where it is none.</summary>
    public (Root Root, string Stage, Selection Selection)? Stage(string text)
    {
        var all = Mine().SelectMany(r => r.Stages.Where(s => string.Equals(s.Key, text, StringComparison.OrdinalIgnoreCase)).Select(s => (r, s.Key, s.Value))).ToImmutableArray();
        return all.Length <= 1 ? all.Select(a => ((Root, string, Selection)?)a).FirstOrDefault()
            : throw new MistakeException($"'{text}' is a stage of {string.Join(" and ", all.Select(a => $"'{a.r.Project}'"))}: say which with --project");
    }

    /// <summary>What a stage resolved to that the last build could not choose for; null where it could.</summary>
    public Reference<Resolved>? Pending(string text) => Mine().SelectMany(r => r.Pending).FirstOrDefault(p => string.Equals(p.Key, text, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A stage for which the last build could not choose; null where it could, and where a text means none.</summary>
    public FailedStage? Failed(string text) =>
        Mine().SelectMany(r => r.Pending.Where(p => string.Equals(p.Key, text, StringComparison.OrdinalIgnoreCase)).Select(p => new FailedStage(Store, r, p.Key, p.Value))).FirstOrDefault();

    /// <summary>The one thing whose reference begins so.</summary>
    public Found Find(string text, params ReadOnlySpan<FoundKind> kinds)
    {
        var wanted = kinds.ToArray();
        var all = new StoreIndex(Store).Find(text);
        var found = all.Where(f => wanted.Length == 0 || wanted.Contains(f.Kind)).ToImmutableArray();
        return found switch
        {
            [var one] => one,
            [] when !all.IsEmpty => throw new MistakeException($"'{text}' is the beginning of {Names(all)}, and this verb takes {string.Join(" or ", wanted.Select(Name))}{Results(all)}"),
            [] => throw new MistakeException($"'{text}' is no stage that was built here ({Stages()}), and no reference in the store begins so{NotTried()}"),
            _ => throw new MistakeException($"'{text}' begins {Names(found)}: write more of it"),
        };
    }

    // Such a stage has no record.
    string NotTried() => Mine().SelectMany(r => r.Pending.Keys).ToList() is { Count: > 0 } failed
        ? $"; a stage that was not tried because an input failed ({Listed.First(5, failed)}) has nothing to show"
        : "";

    static string Names(ImmutableArray<Found> found) =>
        Listed.First(5, found.Select(f => $"{Name(f.Kind)} {f.Digest.Short}"));

    static string Name(FoundKind kind) => kind == FoundKind.Resolved ? "resolved derivation" : kind.ToString().ToLowerInvariant();

    // What was probably meant.
    string Results(ImmutableArray<Found> found)
    {
        var results = found.SelectMany(Results).Select(r => r.Realization.Short).Distinct(StringComparer.Ordinal).ToList();
        return results.Count == 0 ? "" : $": {Listed.First(5, results)}";
    }

    IEnumerable<Run> Results(Found found) => found.Kind switch
    {
        FoundKind.Derivation => new StoreIndex(Store).All().SelectMany(r => Store.Records.History(r).Runs).Where(r => r.Facts.Derivation.Digest == found.Digest),
        FoundKind.Resolved => Store.Records.History(new(found.Digest)).Runs,
        FoundKind.Run => Store.Records.History(found.In!).Runs.Where(r => r.Reference().Digest == found.Digest),
        FoundKind.Tree => new StoreIndex(Store).All().SelectMany(r => Store.Records.History(r).Runs).Where(r => r.Tree.Digest == found.Digest),
        _ => [],
    };

    /// <summary>Realizations that a text means: what was chosen for a stage, or one by its reference.</summary>
    public ImmutableArray<Realization> Realizations(string text)
    {
        if (Stage(text) is { } stage)
            return [.. stage.Selection.Results.Select(r => new Realization(r.Resolved, r.Tree))];
        if (Failed(text) is { } failed)
            throw new MistakeException($"the last build of '{failed.Root.Project}' chose nothing for '{failed.Stage}', " + (failed.Results.IsEmpty
                ? $"and it has no result: '{Store.Tool.Of($"log {failed.Stage}")}' shows why; correct the stage, and build again"
                : $"so name one of its results: {Listed.First(5, failed.Results.Select(r => r.Short))}"));
        var found = Find(text, FoundKind.Realization);
        return [Store.Records.FindRealization(found.Digest.ToString()) ?? throw new MistakeException($"'{text}' has just gone")];
    }

    string Stages() => string.Join(", ", Mine().SelectMany(r => r.Stages.Keys.Concat(r.Pending.Keys)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "no project of the current folder was";

    public void Dispose() => Store.Dispose();
}
