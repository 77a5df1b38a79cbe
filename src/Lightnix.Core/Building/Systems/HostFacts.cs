using System.Reflection;
using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Facts about this machine.</summary>
public static class HostFacts
{
    static readonly Lazy<Host> Known = new(() => new Host(
        Environment.MachineName, RuntimeInformation.OSDescription.Trim(), Platform(),
            Processor() ?? RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, Version()));

    public static Host Here => Known.Value;

    /// <summary>Who decides here, as records name the person: <c>user@machine</c>.</summary>
    public static string Who => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>The portable runtime identifier: <c>linux-x64</c>, where a distribution's own .NET returns <c>debian.12-x64</c>.</summary>
    static string Platform()
    {
        var own = RuntimeInformation.RuntimeIdentifier;
        var system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : !OperatingSystem.IsLinux() ? own.Split('-', '.')[0]
            : own.StartsWith("alpine", StringComparison.Ordinal) || own.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
#pragma warning disable CA1308 // Runtime identifiers are lower case.
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
#pragma warning restore CA1308
    }

    static string? Processor()
    {
        const string cpuinfo = "/proc/cpuinfo";
        var line = File.Exists(cpuinfo) ? File.ReadLines(cpuinfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    static string Version()
    {
        var text = typeof(HostFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        return text.Split('+')[0];
    }

    /// <summary>The folder for temporary files of a build, by its environment: another environment may have started the process.</summary>
    public static string TemporaryFolder(IReadOnlyDictionary<string, string>? environment)
    {
        var folder = environment?.GetValueOrDefault(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR");
        return folder is not null && Path.IsPathFullyQualified(folder) && Directory.Exists(folder) ? folder : Path.GetTempPath();
    }
}
