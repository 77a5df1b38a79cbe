using System.Collections.Immutable;
using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>
/// A process with all that it started: those of its session, those that descend from them, and those whose environment carries its mark.
/// What escapes has left the session, lost its parent and emptied its environment.
/// </summary>
sealed class ProcessFamily
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How long those who were killed may take to be gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long those who are asked to end may take to tidy up.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    readonly HashSet<int> _sessions;
    readonly EnvironmentMark? _mark;

    ProcessFamily(HashSet<int> sessions, EnvironmentMark? mark) => (_sessions, _mark) = (sessions, mark);

    /// <param name="leader">Of a session. It must be alive or unburied as long as the family is looked at, so that nobody else has its
    /// number.</param>
    public static ProcessFamily Of(int leader, EnvironmentMark? mark) => new([leader], mark);

    /// <summary>Those that outlived whoever started them.</summary>
    public static ProcessFamily Of(EnvironmentMark mark) => new([], mark);

    /// <summary>Asks all of them to end, and ends after a while those that do not.</summary>
    /// <param name="spare">Those that end by themselves when the others have, and are not to be asked.</param>
    public async Task EndAsync(TimeSpan grace, Func<ProcessTable.Entry, bool>? spare = null)
    {
        Signal(Libc.Sigterm, spare);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < grace && Members().Length > 0;)
            await Task.Delay(Pause).ConfigureAwait(false);
        // Again and again, since one that forks while the table is read escapes a single look; what a debugger or a dead disk holds is left
        // after a while.
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
