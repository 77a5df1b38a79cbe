using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>The lock file of the project that is built: read before anything runs, and written after a build without an error.</summary>
sealed class ProjectLock
{
    readonly BuildOptions _options;
    readonly ImmutableHashSet<StageName> _again;
    readonly LockFile? _file;
    readonly byte[] _bytes;

    ProjectLock(BuildOptions options, ImmutableHashSet<StageName> again, LockFile? file, byte[] bytes) =>
        (_options, _again, _file, _bytes) = (options, again, file, bytes);

    /// <summary>True in locked mode, where there is a file.</summary>
    public bool IsLocked => _options.Lock.Locked;

    /// <summary>What is pinned.</summary>
    /// <exception cref="InvalidOperationException">There is no lock file: never in locked mode.</exception>
    public LockFile Pinned => _file ?? throw new InvalidOperationException("there is no lock file");

    /// <summary>What is pinned, for a build that is not locked.</summary>
    public Chooser Chooser => new(_file, _again.Contains);

    /// <summary>Its path, for the root; null where there is none, and none will be written.</summary>
    public string? PathForRoot => _options.Lock.File is { } path && (File.Exists(path) || _options.Lock.Use == true) ? path : null;

    /// <summary>Reads it; null when something is wrong, which was reported.</summary>
    /// <param name="requested">The stages that the build was asked for.</param>
    public static ProjectLock? Open(
        BuildOptions options, Plan plan, StageScope scope, ImmutableHashSet<StageName> requested, EventReporter events)
    {
        var (again, wrong, unknown) = options.Lock.Update.IsEmpty
            ? ([], [], [])
            : StagePatterns.Select(plan, options.Lock.Update, scope, "LightnixUpdate");
        var bytes = options.Lock is { Use: not false, File: { } path } ? LockFiles.TryRead(path) : null;
        var problems = Contradictions(options).Concat(wrong).ToList();
        if (options.Lock.Locked && bytes is null && problems.Count == 0 && !plan.Stages.IsEmpty)
            problems.Add(LockErrors.Missing(options.Lock.File ?? LockFile.Name));
        var file = bytes is null ? null : Read(options, bytes, plan.Stages.IsEmpty, problems.Add);
        // A project without stages has nothing to pin. A lock file in its folder may be that of another project.
        if (file is null && plan.Stages.IsEmpty)
            file = LockFile.None(ProjectName(options));
        events.Report(problems);
        foreach (var pattern in unknown)
            events.Report(BuildEvent.Hint.UnknownHere("LightnixUpdate", pattern, scope.Project));
        if (problems.Any(p => p.Severity == Severity.Error))
            return null;
        // After another run of a stage the matcher chooses, not its pin.
        return new(options, [.. again.Select(s => s.Name), .. options.Mode == BuildMode.Run ? requested : []], file, bytes ?? []);
    }

    /// <summary>Where the lock file speaks of a stage.</summary>
    public TextPlace PlaceOf(StageName stage) => new(_options.Lock.File!, LockFile.LineOf(_bytes, stage), 0);

    /// <summary>Pins what was chosen. The pins of stages without a choice stay as they are, but for stages that were changed and
    /// failed.</summary>
    /// <param name="failed">Stages whose failure choices pass over.</param>
    /// <returns>A sentence about what was changed; null if nothing was.</returns>
    public async Task<string?> WriteAsync(
        Plan plan,
        IReadOnlyCollection<(StageName Stage, Selection Selection)> chosen,
        IReadOnlySet<StageName> failed,
        LockStore locks,
        EventReporter events,
        CancellationToken cancellationToken)
    {
        if (_options.Lock.File is not { } path || IsLocked || _options.Lock.Use == false || (_options.Lock.Use is null && _file is null))
            return null;
        if (_file is not null && Next(_file).ToText() == _file.ToText())
            return null;
        // Two builds of a project must not take back each other's choices.
        using var held = await locks
            .AcquireAsync($"lock file {path}", $"the lock file '{path}'", _ => { }, cancellationToken).ConfigureAwait(false);
        var bytes = LockFiles.TryRead(path);
        var current = bytes is null ? LockFile.None(ProjectName(_options)) : Read(_options, bytes, plan.Stages.IsEmpty, events.Report);
        if (current is null)
            return null;
        var next = Next(current);
        if (next.ToText() == current.ToText())
            return null;
        LockFiles.Write(path, next.ToText());
        var changed = next.Stages.Keys.Union(current.Stages.Keys)
            .Where(n => next.Stages.GetValueOrDefault(n) is not { } now || !now.SamePins(current.Stages.GetValueOrDefault(n)))
            .Order().ToImmutableArray();
        return $"wrote {Path.GetFileName(path)}{(changed.Length is 0 or > MostNamed ? "" : $": {string.Join(", ", changed)}")}";

        LockFile Next(LockFile former) => new(
            ProjectName(_options),
            former.Stages
                .RemoveRange(former.Stages.Where(s => IsGone(s.Key, s.Value)).Select(s => s.Key))
                .SetItems(chosen.Select(c => KeyValuePair.Create(c.Stage, LockedStage.Of(c.Selection)))));

        bool IsGone(StageName name, LockedStage pins) =>
            plan.Find(name) is not { } stage || (failed.Contains(name) && pins.Derivation != stage.Reference);
    }

    const int MostNamed = 8;

    // Null for the file of another project, or for an unreadable one. Both are reported if this project needs a lock file.
    static LockFile? Read(BuildOptions options, byte[] bytes, bool needsNone, Action<Diagnostic> problem)
    {
        var path = options.Lock.File!;
        try
        {
            var file = LockFile.Parse(bytes);
            if (file.Project == ProjectName(options) || !IsThere(file.Project))
                return file;
            if (!needsNone)
                problem(LockErrors.OfAnother(path, file.Project, LockFiles.NameOf(options.ProjectFile)));
        }
        catch (LockFileException e)
        {
            problem(LockErrors.Unreadable(path, e));
        }
        return null;

        // Not there any more: then this project had that name.
        bool IsThere(string project) => new[] { path, options.ProjectFile }
            .Any(f => File.Exists(Path.Combine(Path.GetDirectoryName(f)!, project)));
    }

    static IEnumerable<Diagnostic> Contradictions(BuildOptions options)
    {
        if (!options.Lock.Locked)
            yield break;
        if (options.Lock.Use == false)
            yield return LockErrors.Contradiction("LightnixUseLockFile=false", "without a lock file nothing is pinned");
        if (options.Mode == BuildMode.Run)
            yield return LockErrors.Contradiction("LightnixRun", "a locked build runs nothing");
        if (!options.Lock.Update.IsEmpty)
            yield return LockErrors.Contradiction("LightnixUpdate", "a locked build chooses nothing again");
    }

    static string ProjectName(BuildOptions options) => Path.GetFileName(options.ProjectFile);
}
