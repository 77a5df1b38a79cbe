namespace Lightnix.Building;

/// <summary>Asks git whether a working tree is changed. Nothing that the repository configures runs: no filter, no hook, no monitor; and
/// git writes nothing and uses no network.</summary>
/// <param name="written">Folders that builds write to, absolute.</param>
sealed class GitStatus(ProgramQuestions questions, ImmutableArray<string> written)
{
    // More changed files are not asked about one by one.
    const int MostAsked = 500;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // What a build writes beside its project.
    static readonly ImmutableHashSet<string> Written = ["bin", "obj"];

    static readonly ImmutableArray<string> Silenced =
    [
        "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true",
    ];

    /// <summary>The state of a folder's working tree; nothing is known where git is missing, too old or too slow, or refuses, as for a
    /// folder of another user.</summary>
    /// <param name="tree">The working tree's own folder.</param>
    public async Task<Revision> OfAsync(string folder, string tree)
    {
        if (questions.Outside.Find("git") is not { } git)
            return Revision.None;
        ImmutableArray<string> words = [.. Silenced, "-C", folder];
        if (await FiltersAsync(git, words).ConfigureAwait(false) is not { } filters)
            return Revision.None;
        ImmutableArray<string> without =
            [.. words, .. filters.SelectMany(f => new[] { "-c", f + ".clean=", "-c", f + ".process=", "-c", f + ".required=false" })];
        var answer = await AskAsync(git, [.. without, "status", "--porcelain=v2", "--branch", "--no-ahead-behind",
            "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames", "--", ":(top)", .. Excluded(tree, folder)])
            .ConfigureAwait(false);
        if (!answer.Succeeded)
            return Revision.None;
        var lines = answer.Printed.Split('\n');
        var changes = lines.Where(IsChange).ToList();
        var doubtful = filters.IsEmpty ? [] : changes.Where(IsOfWorkingTree).ToList();
        bool? dirty = changes.Count > doubtful.Count ? true
            : doubtful.Count == 0 ? false
            : await IsUnfilteredAsync(git, [.. Silenced, "-C", tree], doubtful).ConfigureAwait(false) ? true : null;
        return new(Head(lines), dirty);
    }

    // What builds write is no change of the user's.
    IEnumerable<string> Excluded(string tree, string folder) => written.Select(w => Path.GetRelativePath(tree, Whole(w, folder)))
        .Where(p => p is not "." and not ".." && !p.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(p))
        .Distinct().Select(p => ":(top,exclude,literal)" + p);

    // In a folder of artifacts, "artifacts/bin" and "artifacts/obj" also have what other projects write.
    static string Whole(string written, string project)
    {
        for (var at = written; at is not null && !SandboxView.IsBelow(project, at); at = Path.GetDirectoryName(at))
        {
            if (Written.Contains(Path.GetFileName(at)))
                return at;
        }
        return written;
    }

    // The filters that the repository names. Git has no switch that turns all of them off. Null: they cannot be turned off.
    async Task<ImmutableArray<string>?> FiltersAsync(string git, ImmutableArray<string> words)
    {
        var answer = await AskAsync(git, [.. words, "config", "--name-only", "--get-regexp", @"^filter\."]).ConfigureAwait(false);
        // Exit code 1 without a text: there are none.
        if (!answer.Succeeded)
            return answer.Complained.Length == 0 ? [] : null;
        string[] filters = [.. answer.Printed.Split('\n').Select(name => name[..Math.Max(0, name.LastIndexOf('.'))]).Distinct()];
        return filters.Any(f => f.Contains('=', StringComparison.Ordinal)) ? null : [.. filters];
    }

    // A file with a filter, as those of Git LFS, differs from the commit where the filter does not run, changed or not.
    async Task<bool> IsUnfilteredAsync(string git, ImmutableArray<string> words, List<string> changes)
    {
        // Git writes a path with unusual characters in quotation marks.
        string[] paths = [.. changes.Select(PathOf).Where(p => !p.StartsWith('"')).Take(MostAsked)];
        if (paths.Length == 0)
            return false;
        var answer = await AskAsync(git, [.. words, "check-attr", "filter", "--", .. paths]).ConfigureAwait(false);
        return answer.Succeeded && answer.Printed.Split('\n').Any(l => l.EndsWith(": filter: unspecified", StringComparison.Ordinal)
            || l.EndsWith(": filter: unset", StringComparison.Ordinal));
    }

    Task<ProgramAnswer> AskAsync(string git, ImmutableArray<string> words) =>
        questions.AskAsync(git, words, more: Variables(), patience: Patience);

    // The user's own configuration names folders of others that git may look at. Variables as GIT_DIR, which a hook sets, do not pass.
    IEnumerable<KeyValuePair<string, string>> Variables() =>
    [
        .. questions.Caller.Where(v => v.Key is "HOME" or "XDG_CONFIG_HOME" or "USERPROFILE"),
        new("GIT_NO_LAZY_FETCH", "1"), new("GIT_ALLOW_PROTOCOL", "none"), new("GIT_TERMINAL_PROMPT", "0"),
    ];

    static string? Head(string[] lines)
    {
        const string commit = "# branch.oid ";
        var head = lines.FirstOrDefault(l => l.StartsWith(commit, StringComparison.Ordinal))?[commit.Length..];
        return head is not null && GitFolder.IsCommit(head) ? head : null;
    }

    static bool IsChange(string line) => line.Length > 2 && line[0] switch
    {
        '#' or '!' => false,
        '?' => !line[2..].Trim('"').Split('/').Any(Written.Contains),
        _ => true,
    };

    // The index is as the commit, and the file is there: "1 .M N... 100644 100644 100644 DIGEST DIGEST PATH".
    static bool IsOfWorkingTree(string line) => line.StartsWith("1 .M ", StringComparison.Ordinal);

    static string PathOf(string line) => line.Split(' ', 9)[^1];
}
