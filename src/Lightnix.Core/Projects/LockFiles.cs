using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Where the lock files of projects are, and how they are read and replaced.</summary>
public static class LockFiles
{
    /// <summary>The name of a lock file that belongs to this project alone, as <c>lightnix.data.lock.json</c>.</summary>
    public static string NameOf(string project) => LockFile.NameOf(Path.GetFileNameWithoutExtension(project));

    /// <summary>The lock file of a project that names none: its own file where there is one, else the folder's.</summary>
    public static string PathOf(string project)
    {
        var own = Beside(project, NameOf(project));
        return File.Exists(own) ? own : Beside(project, LockFile.Name);
    }

    /// <summary>The bytes of a lock file; null where there is none.</summary>
    public static byte[]? TryRead(string file) => Files.TryRead(file);

    /// <summary>Replaces a lock file in one step: a reader sees the former file or the new one.</summary>
    public static void Write(string file, string text) => Files.Replace(file, Encoding.UTF8.GetBytes(text));

    static string Beside(string project, string name) => Path.Combine(Path.GetDirectoryName(project) ?? "/", name);
}
