using System.CommandLine;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix diff</c>: what differs between two results, stages or derivations, or between two projects or lock files.</summary>
sealed class DiffCommand(CommandContext context)
{
    readonly Store _store = context.Store;

    public static Command Create()
    {
        const string what = "A stage (also project:stage, or model@3 of the third last build), "
            + "a reference, a file or folder; or a project or a lock file";
        var (before, now) = (new Argument<string>("before") { Description = what }, new Argument<string>("now") { Description = what });
        return CommandAction.Create("diff", "What differs between two results, runs, stages, projects or lock files", [before, now],
            (p, context) => new DiffCommand(context).Run(p.GetValue(before)!, p.GetValue(now)!));
    }

    int Run(string before, string now)
    {
        if (Choices(before) is { } old && Choices(now) is { } young)
            Show(StageChange.Between(old, young));
        else
            Show(Comparison.Of(_store, Side(before), Side(now)));
        return ExitCodes.Done;
    }

    void Show(ImmutableArray<StageChange> changes)
    {
        if (context.IsJson)
            Output.Json(new JsonValue.Array([.. changes.Select(ComparisonJson.Of)]));
        else if (changes.IsEmpty && Output.IsTerminal)
            Output.Line("both have the same choices");
        else
            Output.Rows(["stage", "before", "now", "metric before", "metric now"], changes.Select(c => c.Row));
    }

    void Show(Comparison comparison)
    {
        if (context.IsJson)
            Output.Json(ComparisonJson.Of(comparison));
        else
            new ComparisonText(comparison, _store).Show();
    }

    // Of a project its root, of a lock file its pins; null for anything else.
    ImmutableSortedDictionary<string, Choice>? Choices(string text)
    {
        var path = Path.GetFullPath(text);
        if (ProjectRoot(path) is { } root)
            return root.Stages.ToImmutableSortedDictionary(s => s.Key, s => s.Value.Choice, StringComparer.OrdinalIgnoreCase);
        if (!LockFile.IsName(Path.GetFileName(path)) || !File.Exists(path))
            return null;
        try
        {
            return LockFile.Parse(File.ReadAllBytes(path)).Stages
                .ToImmutableSortedDictionary(s => s.Key.ToString(), s => s.Value.Choice, StringComparer.OrdinalIgnoreCase);
        }
        catch (LockFileException e)
        {
            throw new MistakeException($"the lock file '{path}' cannot be read: {e.Message}");
        }
    }

    // As it is, or as it was after an earlier build.
    Root? ProjectRoot(string path)
    {
        var (project, build) = NumberedName.Parse(path);
        var roots = _store.Roots.Readable().ToImmutableArray();
        if (roots.FirstOrDefault(r => r.Project == path) is { } root)
            return root;
        if (build is null || roots.All(r => r.Project != project))
            return null;
        var then = new EarlierRoots(_store, [.. roots.Where(r => r.Project == project)], build);
        return then.All.FirstOrDefault() ?? throw then.NotThere("choice");
    }

    Comparand Side(string text)
    {
        if (context.Names.Stage(text) is { } stage)
            return Of(text, stage);
        if (NameLookup.IsPath(text) || (Path.Exists(text) && !context.Names.IsName(text)))
            return Comparand.Of(_store, text, context.Names.Traced(text, new Tracer(_store)).Results[0]);
        var found = context.Names.Find(text, FoundKind.Derivation, FoundKind.Resolved, FoundKind.Realization, FoundKind.Run);
        return found.Kind switch
        {
            FoundKind.Derivation => Comparand.Of(text, _store.Records.Find(new Reference<Derivation>(found.Digest)) ?? throw Gone(text)),
            FoundKind.Realization => Comparand.Of(_store, text, _store.Records.Find(new(found.Digest), found.In!) ?? throw Gone(text)),
            _ => Of(text, context.Names.Meant(found).Runs),
        };
    }

    Comparand Of(string text, NamedStage stage)
    {
        var result = stage.Selection.Results[0];
        return Comparand.Of(_store, text, new Realization(result.Resolved, result.Tree), metric: result.Metric is { } metric
            ? new(stage.Selection.Matcher.Metric?.ToString() ?? "metric", metric) : null);
    }

    Comparand Of(string text, ImmutableArray<Run> runs) =>
        runs.MinBy(r => r.Facts.Order) is { } run
            ? Comparand.Of(_store, text, new Realization(run.Facts.Resolved, run.Tree), run) : throw Gone(text);

    static MistakeException Gone(string text) => new($"'{text}' has no result, or has just been collected");
}
