namespace Lightnix.Storage;

/// <summary>What goes on in the store: the notes of living sessions, in <c>work/&lt;session&gt;/</c>.</summary>
public sealed class ActivityStore
{
    // A log may end in a line without end.
    const int LongestLine = 500;

    readonly StoreLayout _layout;
    readonly Func<WriteSession> _session;

    internal ActivityStore(StoreLayout layout, Func<WriteSession> session) => (_layout, _session) = (layout, session);

    /// <summary>Notes what begins. It has ended when the note is disposed, or when the process ends.</summary>
    public ActivityNote Begin(Activity activity) => new(_session().NewNote(), activity);

    /// <summary>All that goes on now, the oldest first. Nothing is written, and no right to write is needed.</summary>
    public ImmutableArray<Activity> All() =>
    [
        .. Files.Names(_layout.Work).Where(n => n.Length == SessionNames.IdLength && SessionNames.IsOfSession(n))
            .SelectMany(OfSession)
            .OrderBy(a => a.Start).ThenBy(a => a.Project, StringComparer.Ordinal).ThenBy(a => a.Stage, StringComparer.Ordinal)
            .ThenBy(a => a.Replicate).ThenBy(a => a.Attempt),
    ];

    /// <summary>The last line that the builder has printed by now, as it is; empty: none, or the run has ended.</summary>
    public static string LastLine(Activity activity)
    {
        try
        {
            return activity.Log is { } log ? Visible.Cut(new WorkspaceLog(new(), log).Tail(1), LongestLine) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    IEnumerable<Activity> OfSession(string id)
    {
        var folder = Path.Combine(_layout.Work, id);
        try
        {
            ImmutableArray<Activity> notes = [.. Files.Names(folder).Where(SessionNames.IsNote)
                .Select(n => TryRead(Path.Combine(folder, n))).OfType<Activity>()];
            // What a session that was killed left means nothing.
            return notes.IsEmpty || !KernelLock.IsHeld(Path.Combine(_layout.Sessions, id)) ? [] : notes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Another process may end it in this instant.
    static Activity? TryRead(string file)
    {
        try
        {
            if (Files.TryRead(file) is not { } bytes)
                return null;
            var activity = RecordBytes.Parse<Activity>(bytes);
            return activity with { Log = activity.Log is { } log ? Path.Combine(Path.GetDirectoryName(file)!, log) : null };
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
