namespace Lightnix.Cli;

/// <summary>The project or solution that a verb builds.</summary>
/// <param name="Path">Absolute.</param>
sealed record BuildFile(string Path)
{
    static readonly string[] Solutions = [".slnx", ".sln"];

    public bool IsSolution => Solutions.Contains(System.IO.Path.GetExtension(Path), StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>--project</c> names, or else what is in the current folder.</summary>
    /// <param name="named">A file or a folder; null: none is named.</param>
    public static BuildFile Of(string? named)
    {
        var path = System.IO.Path.GetFullPath(named ?? ".");
        if (File.Exists(path))
            return new(path);
        return Directory.Exists(path) ? In(path) : throw new MistakeException($"there is no project '{path}'");
    }

    // A data project, else a solution, else another project.
    static BuildFile In(string folder)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        var kinds = new Func<string, bool>[]
        {
            f => HasEnding(f, ".lnproj"),
            f => Solutions.Any(s => HasEnding(f, s)),
            f => System.IO.Path.GetExtension(f).EndsWith("proj", StringComparison.OrdinalIgnoreCase),
        };
        var found = kinds.Select(kind => files.Where(kind).ToList()).FirstOrDefault(f => f.Count > 0) ?? [];
        return found switch
        {
            [var one] => new(one),
            [] => throw new MistakeException($"'{folder}' has no project and no solution: name one with --project"),
            _ => throw new MistakeException($"'{folder}' has {Listed.First(5, found.Select(f => $"'{System.IO.Path.GetFileName(f)}'"))}: "
                + "say which with --project"),
        };
    }

    static bool HasEnding(string file, string ending) => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
