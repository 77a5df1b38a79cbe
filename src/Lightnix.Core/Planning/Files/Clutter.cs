namespace Lightnix.Planning;

/// <summary>Files that tools leave in a working tree and that no wildcard is meant for: folders of version control, of environments and
/// caches, and files of editors and desktops. The list holds only names that have no other use, because another name changes the sources of
/// stages.</summary>
public static class Clutter
{
    /// <summary>A file that makes its folder a virtual environment of Python, whatever the folder is called.</summary>
    public const string EnvironmentFile = "pyvenv.cfg";

    static readonly ImmutableSortedSet<string> Folders = ImmutableSortedSet.Create(
        StringComparer.Ordinal,
        ".git", ".hg", ".svn", ".jj", ".venv", ".tox", ".nox", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache",
            ".ipynb_checkpoints", "node_modules", ".vs", ".idea", ".Rproj.user");

    // .git is a file in a submodule and in a second working tree.
    static readonly ImmutableSortedSet<string> Files =
        ImmutableSortedSet.Create(StringComparer.Ordinal, ".git", ".DS_Store", "Thumbs.db", ".Rhistory");

    /// <summary>The first segment of a path, with <c>/</c>, that is clutter; null: there is none.</summary>
    /// <returns>The segment, and the part of it that a wildcard must hold to mean it.</returns>
    public static (string Name, string Mark)? In(string path)
    {
        var rest = path.AsSpan();
        for (var slash = rest.IndexOf('/'); slash >= 0; slash = rest.IndexOf('/'))
        {
            if (IsFolder(rest[..slash]))
                return (rest[..slash].ToString(), rest[..slash].ToString());
            rest = rest[(slash + 1)..];
        }
        return OfFile(rest);
    }

    // Most names begin otherwise: ten thousand sources cost a millisecond.
    static bool IsFolder(ReadOnlySpan<char> name) => name is ['.' or '_' or 'n', ..] && Folders.Contains(name.ToString());

    static (string, string)? OfFile(ReadOnlySpan<char> name) => name switch
    {
        [.., '~'] => (name.ToString(), "~"),
        ['.', '#', ..] => (name.ToString(), ".#"),
        ['#', _, .., '#'] => (name.ToString(), "#"),
        ['.', .., '.', 's', 'w', >= 'n' and <= 'p'] => (name.ToString(), ".sw"),
        ['.' or 'T', ..] when Files.Contains(name.ToString()) => (name.ToString(), name.ToString()),
        _ => null,
    };
}
