using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Differences between operating systems. No other folder of this room asks for the system.</summary>
static class SystemTraits
{
    const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Bubblewrap exists for this system.</summary>
    public static bool HasSandbox => OperatingSystem.IsLinux();

    /// <summary><c>/proc</c> lists processes with their environments.</summary>
    public static bool HasProcessTable => OperatingSystem.IsLinux();

    /// <summary>The first line of a script (<c>#!</c>) names its interpreter.</summary>
    public static bool HasInterpreterLines => !OperatingSystem.IsWindows();

    /// <summary>Paths may have a drive, and backslashes between folders.</summary>
    public static bool HasDrives => OperatingSystem.IsWindows();

    /// <summary>The user's folders are found by several variables, and system programs need more of them.</summary>
    public static bool HasProfileVariables => OperatingSystem.IsWindows();

    /// <summary>OpenSSL reads the variables that name certificates.</summary>
    public static bool ReadsCertificateVariables => OperatingSystem.IsLinux();

    /// <summary>The system has proxy settings beside environment variables.</summary>
    public static bool HasProxySettings => !OperatingSystem.IsLinux();

    public static Architecture Processor => RuntimeInformation.ProcessArchitecture;
    public static string DotnetName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Names of the file with passwords for servers, in the user's home.</summary>
    public static ImmutableArray<string> NetrcNames { get; } = OperatingSystem.IsWindows() ? [".netrc", "_netrc"] : [".netrc"];

    public static StringComparer VariableNames => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Endings that a program may have beside its name.</summary>
    public static ImmutableArray<string> ProgramEndings(IReadOnlyDictionary<string, string> environment) => OperatingSystem.IsWindows()
        ? ["", .. (environment.GetValueOrDefault("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';', StringSplitOptions.RemoveEmptyEntries)]
        : [""];

    /// <summary>Whether a file that exists may be executed.</summary>
    public static bool IsExecutable(string file) =>
        OperatingSystem.IsWindows() ? Path.HasExtension(file) : (File.GetUnixFileMode(file) & AnyExecute) != 0;

    /// <summary>Options for a file that is written for the first time.</summary>
    public static FileStreamOptions NewFile(UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        return options;
    }

    /// <summary>Sets the mode of a file, where files have modes.</summary>
    public static void SetMode(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
    }

    /// <summary>Whether the user of a file may execute it. Always false where files have no modes.</summary>
    public static bool IsUserExecutable(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0;

    /// <summary>Starts a process in the way of this system.</summary>
    /// <exception cref="StartException">The system refused, and why.</exception>
    public static async Task<IChild> StartAsync(ProcessCommand command) =>
        OperatingSystem.IsWindows() ? PipedChild.Start(command) : await PosixChild.StartAsync(command).ConfigureAwait(false);
}
