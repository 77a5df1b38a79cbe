namespace Lightnix.Building;

/// <summary>The <c>dotnet</c> that runs programs and compiles scripts: the one that runs this build.</summary>
/// <param name="File">Absolute.</param>
sealed record DotnetHost(string File)
{
    /// <summary>The folder of the installation, links followed. It holds <c>sdk</c> and <c>shared</c>.</summary>
    public string Root { get; } = Path.GetDirectoryName(ToolFinder.RealFile(File))!;

    /// <summary>The given one, or that of <c>DOTNET_HOST_PATH</c>, this process or the path. It may run outside of the sandbox.</summary>
    /// <returns>Null where there is none. Then only .NET stages fail.</returns>
    public static DotnetHost? Find(string? given, IReadOnlyDictionary<string, string> environment, TrustedPrograms outside)
    {
        var process = Environment.ProcessPath is { } path
            && string.Equals(Path.GetFileName(path), SystemTraits.DotnetName, StringComparison.OrdinalIgnoreCase) ? path : null;
        var file = new[] { given, environment.GetValueOrDefault("DOTNET_HOST_PATH"), process }.FirstOrDefault(f => System.IO.File.Exists(f)
            && outside.MayRun(f)) ?? outside.Find("dotnet");
        return file is null ? null : new(file);
    }

    /// <summary>Versions of the installed SDKs. Another set may compile a script to other code.</summary>
    public string Sdks()
    {
        var folder = Path.Combine(Root, "sdk");
        return Directory.Exists(folder)
            ? string.Join(' ', Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)) : "";
    }
}
