using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>A process with all that it started: its session, the descendants of that, and processes with its mark. A process escapes that
/// has left the session, lost its parent and emptied its environment.</summary>
sealed class ProcessFamily
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest time for killed processes to disappear.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Time for processes to end after a request.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    readonly HashSet<int> _sessions;
    readonly ProcessMark? _mark;

    ProcessFamily(HashSet<int> sessions, ProcessMark? mark) => (_sessions, _mark) = (sessions, mark);

    /// <param name="leader">Leader of a session. It is alive or not yet collected while the family is used, so its id is its own.</param>
    public static ProcessFamily Of(int leader, ProcessMark? mark) => new([leader], mark);

    /// <summary>The processes that outlived their parents.</summary>
    public static ProcessFamily Of(ProcessMark mark) => new([], mark);

    /// <summary>Asks all of them to end, and kills the others after a while.</summary>
    /// <param name="spare">Processes that end by themselves after the others, and are not asked.</param>
    public async Task EndAsync(TimeSpan grace, Func<ProcessTable.Entry, bool>? spare = null)
    {
        Signal(Libc.Sigterm, spare);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < grace && Members().Length > 0;)
            await Task.Delay(Pause).ConfigureAwait(false);
        // A process that forks while the table is read escapes a single look. A process that a debugger or a dead disk holds is left.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && Signal(Libc.Sigkill, null);)
            await Task.Delay(Pause).ConfigureAwait(false);
    }

    ImmutableArray<ProcessTable.Entry> Members() => ProcessTable.FamilyOf(_sessions, _mark);

    bool Signal(int signal, Func<ProcessTable.Entry, bool>? spare)
    {
        var members = Members();
        foreach (var member in members.Where(m => spare?.Invoke(m) != true))
            _ = Libc.Kill(member.Id, signal);
        return members.Length > 0;
    }
}
