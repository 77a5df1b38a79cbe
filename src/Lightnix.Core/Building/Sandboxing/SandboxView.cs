namespace Lightnix.Building;

/// <summary>The files that a builder sees, as options of bubblewrap. Later ones cover earlier ones.</summary>
sealed class SandboxView
{
    readonly List<string> _words = [];
    readonly List<string> _shown = [];
    readonly List<string> _closed = [];

    public SandboxView()
    {
    }

    public SandboxView(SandboxView other) => (_words, _shown, _closed) = ([.. other._words], [.. other._shown], [.. other._closed]);

    /// <summary>Whether a path exists inside.</summary>
    public bool Shows(string path) =>
        _shown.Any(s => IsBelow(path, s))
        && !_closed.Any(c => IsBelow(path, c) && !_shown.Any(s => s.Length > c.Length && IsBelow(path, s)));

    /// <summary>Shows a file or folder, read-only, under its own name or another.</summary>
    public void Show(string path, string? inside = null)
    {
        _words.AddRange(["--ro-bind", path, inside ?? path]);
        _shown.Add(inside ?? path);
    }

    /// <summary>Shows a folder with known contents.</summary>
    public void Show(string path, string inside, ImmutableArray<string> holds)
    {
        _words.AddRange(["--ro-bind", path, inside]);
        _shown.AddRange(holds);
    }

    /// <summary>Shows a folder of the system, or the link in its place.</summary>
    public void ShowSystem(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            Link(path, target);
        }
        else if (Path.Exists(path))
        {
            Show(path);
        }
    }

    /// <summary>Shows a folder that can be written to, under another name.</summary>
    public void Open(string path, string inside) => _words.AddRange(["--bind", path, inside]);

    public void Link(string path, string target)
    {
        _words.AddRange(["--symlink", target, path]);
        _shown.Add(path);
    }

    /// <summary>Covers a folder of the system by an empty one.</summary>
    public void Hide(string path)
    {
        _words.AddRange(["--tmpfs", path]);
        _closed.Add(path);
    }

    public void Add(params ReadOnlySpan<string> words) => _words.AddRange(words);

    /// <summary>All options. The last ones close folders that were open for mounts, and <c>/proc</c>, where a user who is root outside owns
    /// settings of the kernel, such as <c>core_pattern</c>.</summary>
    public ImmutableArray<string> Words() =>
        [.. _words, .. _closed.Append("/dev").Append("/proc").Append("/").SelectMany(c => new[] { "--remount-ro", c })];

    /// <summary>Whether a path is another, or below it.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || folder.EndsWith('/') || path[folder.Length] == '/');
}
