using System.Runtime.CompilerServices;

namespace Lightnix;

/// <summary>The folder of the repository that a test was built from.</summary>
static class RepositoryRoot
{
    /// <summary>Absolute, without a slash at its end.</summary>
    public static string Folder { get; } = Find();

    public static string File(string path) => Path.Combine(Folder, path.Replace('/', Path.DirectorySeparatorChar));

    // A deterministic build replaces the path of the source by one that does not exist; then the output folder leads up to the same root.
    static string Find([CallerFilePath] string thisFile = "") => Above(Path.GetDirectoryName(thisFile)) ?? Above(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException($"no Lightnix.sln above '{thisFile}' and '{AppContext.BaseDirectory}'");

    static string? Above(string? folder)
    {
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "Lightnix.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
