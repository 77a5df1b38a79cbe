namespace Lightnix.Benchmarks;

/// <summary>The folders that programs are found in.</summary>
static class ProgramPath
{
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
