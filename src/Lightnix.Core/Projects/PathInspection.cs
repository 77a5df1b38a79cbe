using System.Text;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Finds out why a path gives no ordinary file. Asked only when there is something to tell.</summary>
static class PathInspection
{
    /// <returns>Null where nothing is there, and nothing with a similar name.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static PathFinding? At(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (Files.Facts(path) is not { } facts)
            return Undecodable(path) ?? Backslash(path);
        if (facts.Kind != FileKind.Link)
            return Found(facts.Kind, "is");
        var target = Visible.Short(Visible.Text(Files.LinkTarget(path) ?? "a name that is not UTF-8"));
        return Leads(path) is { } led ? Found(led.Kind, $"is a symbolic link to '{target}', which is") : new($"is a symbolic link to '{target}', which leads nowhere");
    }

    // A link that leads to itself leads nowhere.
    static FileFacts? Leads(string link)
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

    // .NET gives U+FFFD for what it cannot read.
    static PathFinding? Undecodable(string path) =>
        Path.GetFileName(path) is var name
        && name.Contains('\uFFFD', StringComparison.Ordinal)
        && Path.GetDirectoryName(path) is { } folder
        && (Files.AllNames(folder) ?? []).FirstOrDefault(n => n.Name is null && Encoding.UTF8.GetString(n.Bytes) == name) is { Bytes: { } bytes }
            ? new($"has a name that is not UTF-8, '{FolderWalk.Printable(bytes)}'; rename it")
            : null;

    // MSBuild has made the separators of a path of them.
    static PathFinding? Backslash(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && Files.Facts(folder, follow: true) is null)
            folder = Path.GetDirectoryName(folder);
        if (folder is null || path.Length <= folder.Length)
            return null;
        var rest = path[folder.Length..].TrimStart(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return Files.Names(folder).FirstOrDefault(n => n.Contains('\\', StringComparison.Ordinal) && rest.StartsWith(n.Replace('\\', '/') + "/", StringComparison.Ordinal)) is { } name
            ? new($"is not there, but '{Visible.Text(name)}' in '{folder}' is, and MSBuild takes '\\' in a name for '/'; rename it") { Misread = name }
            : null;
    }
}
