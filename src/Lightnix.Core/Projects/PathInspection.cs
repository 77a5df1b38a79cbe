using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Finds out why a path gives no ordinary file. Used for messages only.</summary>
static class PathInspection
{
    /// <returns>Null where neither the path exists nor a similar name.</returns>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static PathFinding? At(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (Files.Facts(path) is not { } facts)
            return Undecodable(path) ?? Backslash(path);
        if (facts.Kind != FileKind.Link)
            return Found(facts.Kind, "is");
        var target = Visible.Short(Visible.Text(Files.LinkTarget(path) ?? "a name that is not UTF-8"));
        return End(path) is { } end
            ? Found(end.Kind, $"is a symbolic link to '{target}', which is")
            : new($"is a symbolic link to '{target}', which leads nowhere");
    }

    // Null also for a link that leads to itself.
    static FileFacts? End(string link)
    {
        try
        {
            return Files.Facts(link, follow: true);
        }
        catch (IOException)
        {
            return null;
        }
    }

    static PathFinding? Found(FileKind kind, string verb) => kind switch
    {
        FileKind.Folder => new($"{verb} a folder", IsFolder: true),
        FileKind.Fifo => new($"{verb} a FIFO"),
        FileKind.Socket => new($"{verb} a socket"),
        FileKind.Device => new($"{verb} a device"),
        _ => null,
    };

    // .NET puts U+FFFD for bytes that it cannot read.
    static PathFinding? Undecodable(string path)
    {
        var name = Path.GetFileName(path);
        if (!name.Contains('\uFFFD', StringComparison.Ordinal) || Path.GetDirectoryName(path) is not { } folder)
            return null;
        var found = (Files.AllNames(folder) ?? []).FirstOrDefault(n => n.Name is null && Encoding.UTF8.GetString(n.Bytes) == name).Bytes;
        return found is null ? null : new($"has a name that is not UTF-8, '{FolderWalk.Printable(found)}'; rename it");
    }

    // MSBuild turns backslashes in a path into separators.
    static PathFinding? Backslash(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && Files.Facts(folder, follow: true) is null)
            folder = Path.GetDirectoryName(folder);
        if (folder is null || path.Length <= folder.Length)
            return null;
        var rest = path[folder.Length..].TrimStart(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var name = Files.Names(folder).FirstOrDefault(n =>
            n.Contains('\\', StringComparison.Ordinal) && rest.StartsWith(n.Replace('\\', '/') + "/", StringComparison.Ordinal));
        return name is null ? null
            : new($"is not there, but '{Visible.Text(name)}' in '{folder}' is, and MSBuild takes '\\' in a name for '/'; rename it")
            {
                Misread = name,
            };
    }
}
