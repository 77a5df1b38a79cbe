namespace Lightnix.Storage;

/// <summary>Names of what belongs to a session: its id in <c>work/</c> and <c>locks/sessions</c>, after a point in <c>trees/</c>.</summary>
static class SessionNames
{
    public const int IdLength = 12;

    /// <summary>A file in a workspace that people want to look at: the workspace outlives its session.</summary>
    public const string KeptMarker = "kept";

    /// <summary>The end of the name of a note about what goes on, in the session's folder.</summary>
    public const string NoteSuffix = ".activity";

    public static bool IsNote(string name) => name.EndsWith(NoteSuffix, StringComparison.Ordinal);

    /// <summary>True for the name in <c>trees/</c> of an unfinished tree.</summary>
    public static bool IsUnfinishedTree(string name) => name[0] == '.' && name.Length > IdLength + 1 && IsOfSession(name[1..]);

    /// <summary>True for an id, and for an id with a part after <c>-</c>.</summary>
    public static bool IsOfSession(string name) =>
        name.Length >= IdLength && name.Take(IdLength).All(char.IsAsciiHexDigitLower) && (name.Length == IdLength || name[IdLength] == '-');

    /// <summary>True for the name in <c>work/</c> of a workspace that people want to look at.</summary>
    public static bool IsKept(StoreLayout layout, string name) =>
        name.Length > IdLength && File.Exists(Path.Combine(layout.Work, name, KeptMarker));

    /// <summary>True when the session is known to have ended.</summary>
    public static bool IsDead(StoreLayout layout, string id)
    {
        try
        {
            using var dead = KernelLock.TryAcquire(Path.Combine(layout.Sessions, id));
            return dead is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, it is not known.
            return false;
        }
    }
}
