using System.Text;

namespace Lightnix.Storage;

/// <summary>Remembers in which folder the links of a project are, so that they do not stay behind when its author names another.</summary>
/// <param name="intermediateFolder">Of the project; absolute. Several projects may share it.</param>
/// <param name="projectFile">Of the project.</param>
public sealed class LinkMemory(string intermediateFolder, string projectFile)
{
    readonly string _file = Path.Combine(intermediateFolder, $"links of {Path.GetFileName(projectFile)}");

    /// <summary>Notes where links are now, and removes those of the former place. Writes nothing where it is the same.</summary>
    public void Move(string folder)
    {
        if (Former() == folder)
            return;
        Clear();
        Directory.CreateDirectory(intermediateFolder);
        File.WriteAllText(_file, folder);
    }

    /// <summary>Removes the links that were made last.</summary>
    public void Clear()
    {
        if (Former() is { } former && Path.IsPathFullyQualified(former))
            new ResultLinks(former).Clear();
    }

    string? Former() => Files.TryRead(_file) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
