namespace Lightnix.Building;

/// <summary>Asks git whether a working tree is changed. Nothing that the repository configures runs: no filter, no hook, no monitor; and
/// git writes nothing and uses no network.</summary>
sealed class GitStatus(ProgramQuestions questions)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // What a build writes beside its project.
    static readonly ImmutableHashSet<string> Written = ["bin", "obj"];

    static readonly ImmutableArray<string> Silenced =
    [
        "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true",
    ];

    /// <summary>The state of a folder's working tree; nothing is known where git is missing, too old or too slow, or refuses, as for a
    /// folder of another user.</summary>
    public async Task<Revision> OfAsync(string folder)
    {
        if (questions.Outside.Find("git") is not { } git || await WithoutFiltersAsync(git, folder).ConfigureAwait(false) is not { } words)
            return Revision.None;
        var answer = await AskAsync(git, [.. words, "status", "--porcelain=v2", "--branch", "--no-ahead-behind",
            "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames"]).ConfigureAwait(false);
        return answer.Succeeded ? Parse(answer.Printed) : Revision.None;
    }

    // The repository names filters, and git has no switch that turns all of them off. Null: they cannot be turned off.
    async Task<ImmutableArray<string>?> WithoutFiltersAsync(string git, string folder)
    {
        ImmutableArray<string> words = [.. Silenced, "-C", folder];
        var answer = await AskAsync(git, [.. words, "config", "--name-only", "--get-regexp", @"^filter\."]).ConfigureAwait(false);
        // Exit code 1 without a text: there are none.
        if (!answer.Succeeded)
            return answer.Complained.Length == 0 ? words : null;
        string[] filters = [.. answer.Printed.Split('\n').Select(name => name[..Math.Max(0, name.LastIndexOf('.'))]).Distinct()];
        return filters.Any(f => f.Contains('=', StringComparison.Ordinal)) ? null
            : [.. words, .. filters.SelectMany(f => new[] { "-c", f + ".clean=", "-c", f + ".process=", "-c", f + ".required=false" })];
    }

    Task<ProgramAnswer> AskAsync(string git, ImmutableArray<string> words) =>
        questions.AskAsync(git, words, more: Variables(), patience: Patience);

    // The user's own configuration names folders of others that git may look at. Variables as GIT_DIR, which a hook sets, do not pass.
    IEnumerable<KeyValuePair<string, string>> Variables() =>
    [
        .. questions.Caller.Where(v => v.Key is "HOME" or "XDG_CONFIG_HOME" or "USERPROFILE"),
        new("GIT_NO_LAZY_FETCH", "1"), new("GIT_ALLOW_PROTOCOL", "none"), new("GIT_TERMINAL_PROMPT", "0"),
    ];

    static Revision Parse(string printed)
    {
        const string commit = "# branch.oid ";
        var lines = printed.Split('\n');
        var head = lines.FirstOrDefault(l => l.StartsWith(commit, StringComparison.Ordinal))?[commit.Length..];
        return new(head is not null && GitFolder.IsCommit(head) ? head : null, lines.Any(IsChange));
    }

    static bool IsChange(string line) => line.Length > 2 && line[0] switch
    {
        '#' or '!' => false,
        '?' => !line[2..].Trim('"').Split('/').Any(Written.Contains),
        _ => true,
    };
}
