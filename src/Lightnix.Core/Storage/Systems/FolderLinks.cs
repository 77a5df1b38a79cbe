namespace Lightnix.Storage;

/// <summary>Links to folders, made in the first way that works on this system.</summary>
/// <param name="ways">Best first.</param>
sealed class FolderLinks(params IReadOnlyList<ILinkMaker> ways)
{
    /// <summary>The ways of this system. A text file can be made wherever anything can.</summary>
    public static FolderLinks Here { get; } = OperatingSystem.IsWindows()
        ? new(new SymbolicLinks(), new Junctions(), new TextLinks())
        : new(new SymbolicLinks(), new TextLinks());

    /// <summary>How a user gets links where only text files can be made.</summary>
    public static string Cure => OperatingSystem.IsWindows()
        ? "switch on Developer Mode in the settings of Windows, or keep project and store on local NTFS disks"
        : "set LightnixLinkDir to a folder on a file system that has them";

    /// <summary>Makes a link to a folder at an unused path.</summary>
    /// <returns>Why it is only a text file; null where it is a link.</returns>
    /// <exception cref="IOException">It cannot be made in any way.</exception>
    public string? Make(string path, string folder)
    {
        string? first = null;
        foreach (var way in ways)
        {
            if (way.TryMake(path, folder) is not { } problem)
                return way is TextLinks ? first ?? "" : null;
            first ??= problem;
        }
        throw new IOException(first);
    }

    /// <summary>The folder that a link leads to, whichever way it was made; null where there is no link.</summary>
    public static string? Target(string path) => Files.Facts(path) switch
    {
        { Kind: FileKind.Link } => Files.LinkTarget(path),
        { Kind: FileKind.File } facts => TextLinks.Target(path, facts),
        _ => null,
    };

    /// <summary>Renames a link, or a folder of links, in the place of a link that has the name.</summary>
    public static void Rename(string from, string to)
    {
        if (Native.IsLinux)
        {
            var error = Native.Rename(from, to);
            if (error != 0)
                throw Native.Problem(to, error);
            return;
        }
        if (Target(to) is not null)
            Remove(to);
        Directory.Move(from, to);
    }

    /// <summary>Deletes a link, and nothing of what it leads to.</summary>
    public static void Remove(string path)
    {
        // A junction, and a symbolic link that was made for a folder.
        if (OperatingSystem.IsWindows() && Directory.Exists(path))
            Directory.Delete(path);
        else
            File.Delete(path);
    }
}
