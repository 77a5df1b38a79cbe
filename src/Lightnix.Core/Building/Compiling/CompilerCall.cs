namespace Lightnix.Building;

/// <summary>
/// The call of the C# compiler that MSBuild made for a script. A script that differs from it only in its statements is compiled by the
/// same call, without MSBuild.
/// </summary>
/// <param name="Compiler">The compiler's assembly for <c>dotnet</c>, absolute.</param>
/// <param name="Output">The assembly that the compiler writes, absolute.</param>
sealed record CompilerCall(string Compiler, string Output)
{
    /// <summary>Files in the folder of the sources that MSBuild writes.</summary>
    public const string RecordedArguments = "csc.recorded", RecordedFolder = "csc.folder";

    /// <summary>The arguments; and those without .NET's own source generators, which only complete what is <c>partial</c>.</summary>
    public const string ResponseFile = "csc.rsp", PlainResponseFile = "csc.plain.rsp";

    const string OutputOption = "/out:";

    static readonly ImmutableArray<string> Dropped = ["/noconfig", "/refout:"];

    /// <summary>Reads the call that was kept; null where there is none.</summary>
    public static CompilerCall? Read(CompilationFolder folder)
    {
        var response = Path.Combine(folder.Source.Root, ResponseFile);
        if (!File.Exists(response) || folder.Assembly is null)
            return null;
        var compiler = Path.Combine(File.ReadAllText(Path.Combine(folder.Source.Root, RecordedFolder)).Trim(), "bincore", "csc.dll");
        var output = File.ReadLines(response).Select(a => a.Replace("\"", "", StringComparison.Ordinal))
            .FirstOrDefault(a => a.StartsWith(OutputOption, StringComparison.Ordinal))?[OutputOption.Length..];
        return File.Exists(compiler) && Directory.Exists(Path.GetDirectoryName(output)) ? new(compiler, output!) : null;
    }

    /// <summary>
    /// Keeps the call that MSBuild recorded, where the program is what the compiler wrote and nothing else took part: a package with
    /// targets of its own might change the program.
    /// </summary>
    public static void Keep(CompilationFolder folder)
    {
        var recorded = Path.Combine(folder.Source.Root, RecordedArguments);
        if (!File.Exists(recorded) || Imports(folder))
            return;
        var (written, response) = (recorded + ".written", Path.Combine(folder.Source.Root, ResponseFile));
        var arguments = File.ReadLines(recorded).Where(a => !Dropped.Any(d => a.StartsWith(d, StringComparison.Ordinal))).Select(Quote)
            .ToList();
        File.WriteAllLines(Path.Combine(folder.Source.Root, PlainResponseFile), arguments.Where(a => !IsGeneratorOfDotnet(a)));
        File.WriteAllLines(written, arguments);
        File.Move(written, response);
        if (Read(folder) is not { } call || !IsProgram(folder, call))
            File.Delete(response);
    }

    public static void Forget(CompilationFolder folder) => File.Delete(Path.Combine(folder.Source.Root, ResponseFile));

    static bool IsProgram(CompilationFolder folder, CompilerCall call) => File.Exists(call.Output)
        && File.ReadAllBytes(call.Output).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder.Program, folder.Assembly!)));

    static bool Imports(CompilationFolder folder) =>
        Directory.EnumerateFiles(folder.Intermediate, "*.nuget.g.*", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains("<Import ", StringComparison.Ordinal));

    static bool IsGeneratorOfDotnet(string argument) => argument.Contains("/analyzer:", StringComparison.Ordinal)
        && argument.Contains("Microsoft.NETCore.App.Ref", StringComparison.Ordinal);

    // MSBuild removes quotes around a whole argument, and no others.
    static string Quote(string argument) =>
        argument.Any(char.IsWhiteSpace) && !argument.Contains('"', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
}
