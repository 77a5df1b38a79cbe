namespace Lightnix.House;

/// <summary>The source tree that this test was built from.</summary>
static class Repository
{
    static readonly string[] Folders = ["src", "sdk", "tests", "docs", "samples", "benchmarks"];

    static readonly string[] Extensions = [".cs", ".props", ".targets", ".csproj", ".lnproj", ".xml", ".md"];

    /// <summary>Every source file, as it is now; nothing that a build made.</summary>
    public static ImmutableArray<CodeFile> Read()
    {
        var root = RepositoryRoot.Folder;
        return
        [
            .. Directory.EnumerateFiles(root).Where(IsText)
                .Concat(Folders.Select(f => Path.Combine(root, f)).Where(Directory.Exists).SelectMany(Below))
                .Select(f => new CodeFile(Path.GetRelativePath(root, f).Replace('\\', '/'), File.ReadAllText(f)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>One file, whatever it holds.</summary>
    public static string Text(string path) => File.ReadAllText(RepositoryRoot.File(path));

    static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsText).Concat(
            Directory.EnumerateDirectories(folder)
                .Where(d => Path.GetFileName(d) is not ("bin" or "obj") && !Path.GetFileName(d).StartsWith('.')
                    && new DirectoryInfo(d).LinkTarget is null)
                .SelectMany(Below));

    static bool IsText(string file) =>
        Path.GetFileName(file) == ".editorconfig" || Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal);
}
