using System.Diagnostics;

namespace Lightnix.Benchmarks;

/// <summary>
/// A temporary folder with a store and a package folder of its own, where all contestants run under the same environment.
/// </summary>
sealed class Arena(bool keep) : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("lightnix-bench-").FullName;

    public string Store => Path.Combine(Folder, "store");

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    /// <summary>Runs a command to its end and says how long that took, from outside, start of the process included.</summary>
    /// <exception cref="BenchmarkException">It failed: the last lines of its output are in the message.</exception>
    public TimeSpan Time(string folder, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var output = new StringBuilder();
        using var process = new Process { StartInfo = Start(folder, command) };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;

        var watch = Stopwatch.StartNew();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellation.Register(() => process.Kill(entireProcessTree: true)))
            process.WaitForExit();
        watch.Stop();

        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? watch.Elapsed
            : throw new BenchmarkException($"{string.Join(' ', command)} failed with {process.ExitCode} in {folder}:\n{Tail(output)}");

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }
    }

    public void Dispose()
    {
        if (!keep)
            Delete(Folder);
    }

    /// <summary>A store is read-only on purpose: folders have to be opened before their entries can go.</summary>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", everything))
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(inner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(folder, "*", everything))
                File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }

    ProcessStartInfo Start(string folder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // `dotnet run` passes the place of its own MSBuild to its child; a build started from it must not get it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        start.Environment["LIGHTNIX_STORE"] = Store;
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Folder, "packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    static string Tail(StringBuilder output) =>
        string.Join('\n', output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(20));
}
