using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Finds what a name on the command line means: a stage, or the beginning of a reference.</summary>
sealed class NameLookup(CommandContext context)
{
    const int MostListed = 5;

    /// <summary>The choice for a stage; null if the name is no stage with a choice.</summary>
    /// <param name="name">A stage of the projects here, or of any project as <c>project:stage</c>; with <c>@3</c> after it, what the third
    /// last build chose.</param>
    public NamedStage? Stage(string name)
    {
        var (text, build) = NumberedName.Parse(name);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var stage = text[(colon + 1)..];
        var roots = colon < 0 ? context.Mine()
            : [.. context.Roots().Where(r => IsNamed(Path.GetFileNameWithoutExtension(r.Project), text[..colon]))];
        var then = new EarlierRoots(context.Store, roots, build);
        ImmutableArray<NamedStage> found =
            [.. then.All.SelectMany(r => r.Stages.Where(s => IsNamed(s.Key, stage)).Select(s => new NamedStage(r, s.Key, s.Value)))];
        if (build is not null && found.IsEmpty && roots.Any(r => r.Stages.ContainsKey(stage)))
            throw then.NotThere($"'{stage}'");
        if (found.Length > 1)
        {
            var projects = string.Join(" and ", found.Select(s => $"'{s.Root.Project}'"));
            throw new MistakeException($"'{name}' is a stage of {projects}: say which with --project");
        }
        // An earlier build keeps nothing from garbage collection.
        var lost = build is null ? null : found.SelectMany(s => s.Selection.Results)
            .FirstOrDefault(r => context.Store.Records.Find(r.Realization, r.Resolved) is null);
        return lost is null ? found.FirstOrDefault() : throw new MistakeException(
            $"'{name}' was {lost.Realization.Short}, and nothing is known of that any more: it was collected from the store");
    }

    /// <summary>A stage for which the last build could not choose; null if it could, or if the name is no stage.</summary>
    public FailedStage? Failed(string name) => context.Mine()
        .SelectMany(r => r.Pending.Keys.Concat(r.Failed.Keys).Where(s => IsNamed(s, name))
            .Select(s => FailedStage.Find(context.Store, r, s)))
        .OfType<FailedStage>().FirstOrDefault();

    /// <summary>True of a run that goes on of the named stage of the projects here, of <c>project:stage</c>, or of a resolved
    /// derivation.</summary>
    public bool Means(string name, Activity activity)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
            return IsNamed(Path.GetFileNameWithoutExtension(activity.Project), name[..colon])
                && IsNamed(activity.Stage, name[(colon + 1)..]);
        return (IsNamed(activity.Stage, name) && context.IsHere(activity.Project))
            || (name.Length >= StoreIndex.ShortestPrefix
                && activity.Resolved.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Resolved derivations of a stage: of what was chosen, then of what its last build could not choose from.</summary>
    public ImmutableArray<Reference<Resolved>> Resolved(string name) =>
    [
        .. (Stage(name)?.Selection.Results.Select(r => r.Resolved) ?? []).Append(Failed(name)?.Resolved)
            .OfType<Reference<Resolved>>().Distinct(),
    ];

    /// <summary>The realization that <c>pin --as</c> gave this name, or else the only thing of these kinds whose reference begins with a
    /// text.</summary>
    public Found Find(string text, params ReadOnlySpan<FoundKind> kinds)
    {
        var wanted = kinds.ToArray();
        if ((wanted.Length == 0 || wanted.Contains(FoundKind.Realization)) && context.Store.Pins.Find(text) is { } pin)
            return new(FoundKind.Realization, pin.Realization.Digest, pin.Resolved);
        var all = new StoreIndex(context.Store).Find(text);
        var found = all.Where(f => wanted.Length == 0 || wanted.Contains(f.Kind)).ToImmutableArray();
        return found switch
        {
            [var one] => one,
            [] when !all.IsEmpty => throw new MistakeException(
                $"'{text}' is the beginning of {List(all)}, and this verb takes {string.Join(" or ", wanted.Select(Name))}{Results(all)}"),
            [] => throw new MistakeException(NotThere(text)),
            _ => throw new MistakeException($"'{text}' begins {List(found)}: write more of it"),
        };
    }

    /// <summary>True of a stage and of the name of a pin: it means neither a file nor a reference.</summary>
    public bool IsName(string text) => Stage(text) is not null || Failed(text) is not null || context.Store.Pins.Find(text) is not null;

    /// <summary>The runs and failures that a reference means: those of a resolved derivation or of a realization, or one.</summary>
    public History Meant(Found found)
    {
        var history = context.Store.Records.History(found.In ?? new(found.Digest));
        return found.Kind switch
        {
            FoundKind.Realization => history with { Runs = Where(r => r.Realization.Digest), Failures = [] },
            FoundKind.Run => history with { Runs = Where(r => r.Reference().Digest), Failures = [] },
            FoundKind.Failure => history with
            {
                Runs = [],
                Failures = [.. history.Failures.Where(f => f.Reference().Digest == found.Digest)],
            },
            _ => history,
        };

        ImmutableArray<Run> Where(Func<Run, Digest> digest) => [.. history.Runs.Where(r => digest(r) == found.Digest)];
    }

    /// <summary>The results that were chosen for a stage, or one result by its reference.</summary>
    public ImmutableArray<Realization> Realizations(string text)
    {
        if (Stage(text) is { } stage)
            return [.. stage.Selection.Results.Select(r => new Realization(r.Resolved, r.Tree))];
        if (Failed(text) is { } failed)
            throw new MistakeException(NothingChosen(failed));
        var found = Find(text, FoundKind.Realization);
        var realization = context.Store.Records.Find(new Reference<Realization>(found.Digest), found.In!);
        return [realization ?? throw new MistakeException($"'{text}' has just been collected")];
    }

    /// <summary>Results by a stage, a reference, or a file or folder with the same content. A path with a separator is only that.</summary>
    public NamedContent Traced(string text, Tracer tracer)
    {
        var path = Path.GetFullPath(text);
        var isThere = text.Length > 0 && Path.Exists(path);
        if (IsPath(text) && !isThere)
            throw new MistakeException($"there is no file or folder '{path}'");
        if (!IsPath(text) && (IsName(text) || !isThere))
            return new(text, Realizations(text), []);
        var places = new ContentSearch(context.Store).Find(path);
        var results = tracer.With(places.Select(p => p.Tree).ToHashSet());
        if (results.IsEmpty)
            throw new MistakeException(NoResult(path));
        // One of several results with this content: the others are only counted.
        return new(text, [results[0]], [.. places.OrderByDescending(p => p.Tree == results[0].Tree)]);
    }

    string NoResult(string path)
    {
        var stages = new ContentSearch(context.Store).StagesWithSource(path);
        return stages.IsEmpty
            ? $"no result in the store '{context.Store.Folder}' holds the content of '{path}': it was changed since, "
                + "made elsewhere, or forgotten"
            : $"'{path}' is no result: it is a source of {Listed.First(MostListed, stages.Select(s => $"'{s}'"))}";
    }

    /// <summary>The project file that <c>--forget</c> names, or the beginning of a root's file name.</summary>
    public string Project(string text)
    {
        if (text.Length == 0)
            throw new MistakeException(
                "'' in --forget names no project: write a project file, or the first characters of a root's file name");
        var path = Path.GetFullPath(text);
        return context.Store.Roots.All().Any(r => r.Root?.Project == path) ? path : text;
    }

    /// <summary>True of a text with a separator: it names a file or a folder, and nothing else.</summary>
    public static bool IsPath(string text) => text.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar);

    static bool IsNamed(string stage, string name) => string.Equals(stage, name, StringComparison.OrdinalIgnoreCase);

    string NothingChosen(FailedStage failed) =>
        $"the last build of '{failed.Root.Project}' chose nothing for '{failed.Stage}', " + (failed.Results.IsEmpty
        ? $"and it has no result: '{context.Store.Tool.Of($"log {failed.Stage}")}' shows why; correct the stage, and build again"
        : $"so name one of its results: {Listed.First(MostListed, failed.Results.Select(r => r.Short))}");

    string NotThere(string text)
    {
        if (context.Store.Activities.All().Any(a => Means(text, a)))
            return $"'{text}' runs now and has no result yet: '{context.Store.Tool.Of($"log {text} --follow")}' shows what it prints";
        return Known().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? $"'{text}' has no result and no failed run: the last build did not try it"
            : $"'{text}' is no stage that was built here ({Stages()}), and no reference in the store begins so{NotTried()}{Near(text)}";
    }

    // Roots before format 3 do not name a stage that was not tried.
    string NotTried()
    {
        var failed = context.Mine().SelectMany(r => r.Pending.Keys).ToList();
        return failed.Count == 0
            ? ""
            : $"; a stage that was not tried because an input failed ({Listed.First(MostListed, failed)}) has nothing to show";
    }

    // The cells of a matrix, the same stage of a project elsewhere, or a name that is written nearly so.
    string Near(string text)
    {
        var cells = context.Mine().SelectMany(r => r.Stages.Keys)
            .Where(s => s.StartsWith(text + "-", StringComparison.OrdinalIgnoreCase)).ToList();
        if (cells.Count > 0)
            return $"; name one cell of it: {Listed.First(MostListed, cells.Select(c => $"'{c}'"))}";
        var projects = context.Store.Roots.Readable().Where(r => r.Stages.ContainsKey(text)).ToList();
        if (projects.Count > 0)
            return $"; it is a stage of {Listed.First(MostListed, projects.Select(r => $"'{r.Project}'"))}: add --project";
        var names = Known().Concat(context.Store.Pins.All().Select(p => p.Name?.ToString()).OfType<string>());
        return Spelling.Nearest(text, names) is { } nearest ? $": did you mean '{nearest}'?" : "";
    }

    /// <summary>As <c>; did you mean 'model'?</c>, of a stage of the projects here; empty where none is near.</summary>
    public string Suggestion(string text) =>
        Spelling.Nearest(text, Known()) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    List<string> Known() => [.. context.Mine().SelectMany(r => r.Stages.Keys.Concat(r.Pending.Keys).Concat(r.NotBuilt.Keys))
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    string Stages() => Known() is { Count: > 0 } names ? Listed.First(MostListed, names) : "no project of the current folder was";

    static string List(ImmutableArray<Found> found) => Listed.First(MostListed, found.Select(f => $"{Name(f.Kind)} {f.Digest.Short}"));

    static string Name(FoundKind kind) => kind == FoundKind.Resolved ? "resolved derivation" : kind.ToString().ToLowerInvariant();

    // The results that were probably meant.
    string Results(ImmutableArray<Found> found)
    {
        var results = found.SelectMany(Runs).Select(r => r.Realization.Short).Distinct(StringComparer.Ordinal).ToList();
        return results.Count == 0 ? "" : $": {Listed.First(MostListed, results)}";
    }

    IEnumerable<Run> Runs(Found found)
    {
        return found.Kind switch
        {
            FoundKind.Derivation => AllRuns().Where(r => r.Facts.Derivation.Digest == found.Digest),
            FoundKind.Resolved or FoundKind.Run => Meant(found).Runs,
            FoundKind.Tree => AllRuns().Where(r => r.Tree.Digest == found.Digest),
            _ => [],
        };
    }

    IEnumerable<Run> AllRuns() => new StoreIndex(context.Store).Runs();
}
