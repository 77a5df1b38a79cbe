namespace Lightnix.Building;

/// <summary>A folder in which a script is compiled: its sources, what MSBuild writes, and the program.</summary>
sealed class CompilationFolder(string path)
{
    const string Configuration = ".runtimeconfig.json";

    public string Root => path;

    public ScriptFolder Source { get; } = new(Path.Combine(path, "source"));

    /// <summary>What MSBuild writes beside the program.</summary>
    public string Intermediate { get; } = Path.Combine(path, "obj");

    public string Program { get; } = Path.Combine(path, "app");

    public string Home { get; } = Path.Combine(path, "home");

    /// <summary>Log of the compiler.</summary>
    public string Messages { get; } = Path.Combine(path, "messages");

    /// <summary>Name of the program's assembly; null where there is no program.</summary>
    public string? Assembly =>
        Directory.Exists(Program) && Directory.GetFiles(Program, $"*{Configuration}") is [var configuration]
            ? Path.GetFileName(configuration).Replace(Configuration, ".dll", StringComparison.Ordinal) : null;

    public void Clear()
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    /// <summary>Removes all but the program and the messages.</summary>
    public void KeepProgram()
    {
        foreach (var used in new[] { Intermediate, Source.Root, Home }.Where(Directory.Exists))
            Directory.Delete(used, recursive: true);
    }

    /// <summary>Copies the program, with another file as its assembly.</summary>
    public void CopyProgram(string to, string assembly)
    {
        var own = Assembly;
        foreach (var file in Directory.EnumerateFiles(Program, "*", SearchOption.AllDirectories))
        {
            var place = Path.GetRelativePath(Program, file);
            var copy = Path.Combine(to, place);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(place == own ? assembly : file, copy);
        }
    }
}
