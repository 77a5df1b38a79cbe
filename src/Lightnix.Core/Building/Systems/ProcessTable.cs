using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>The processes of this machine.</summary>
static class ProcessTable
{
    public readonly record struct Entry(int Id, int Parent, int Session, string Name)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Id})");
    }

    /// <summary>Running processes of a session, without dead ones.</summary>
    public static ImmutableArray<Entry> OfSession(int session) =>
        [.. Ids().Where(id => Libc.SessionOf(id) == session).Select(Read).OfType<Entry>()];

    /// <summary>Processes of some sessions or with a mark, and all descendants. A session that one of them leads is added, so its members
    /// are known even when their parents are gone.</summary>
    public static ImmutableArray<Entry> FamilyOf(HashSet<int> sessions, ProcessMark? mark = null)
    {
        if (!OperatingSystem.IsLinux())
            return [.. sessions.SelectMany(s => OfSession(s))];
        var all = Ids().Select(Read).OfType<Entry>().ToList();
        // This process is no child of itself, whatever mark it has.
        var marked = mark is { } some ? all.Where(e => e.Id != Environment.ProcessId && some.IsOf(e.Id)).Select(e => e.Id).ToHashSet() : [];
        var family = new HashSet<int>();
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var entry in all.Where(e => !family.Contains(e.Id)
                && (sessions.Contains(e.Session) || family.Contains(e.Parent) || marked.Contains(e.Id))))
            {
                grown |= family.Add(entry.Id);
                // Only sessions that they opened. A marked process may belong to the session of a user's terminal.
                if (entry.Session == entry.Id)
                    sessions.Add(entry.Session);
            }
        }
        return [.. all.Where(e => family.Contains(e.Id))];
    }

    static IEnumerable<int> Ids()
    {
        if (!OperatingSystem.IsLinux())
            return Process.GetProcesses().Select(p => { using (p) return p.Id; });
        return Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);
    }

    static Entry? Read(int id)
    {
        if (!OperatingSystem.IsLinux())
            return new(id, 0, Libc.SessionOf(id), "process");
        try
        {
            return Parse(id, Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }

    /// <summary>proc(5): <c>id (name) state parent group session …</c>, where the name may hold blanks and parentheses.</summary>
    internal static Entry? Parse(int id, string stat)
    {
        var open = stat.IndexOf('(', StringComparison.Ordinal);
        var close = stat.LastIndexOf(')');
        if (open < 0 || close < open)
            return null;
        var fields = stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not ("Z" or "X"), var parent, _, var session, ..]
            ? new(id, int.Parse(parent, CultureInfo.InvariantCulture), int.Parse(session, CultureInfo.InvariantCulture),
                stat[(open + 1)..close])
            : null;
    }
}
