using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Lightnix.Building;

namespace Lightnix.Cli;

/// <summary>Calls <c>dotnet build</c>. What it prints and its exit code pass through.</summary>
static class DotnetBuild
{
    // MSBuild gives these a meaning in the value of a property.
    const string Special = "%*?@$();',\"\n\r";

    /// <summary>An argument that sets a property of Lightnix.</summary>
    /// <param name="name">Without <c>Lightnix</c>.</param>
    public static string Property(string name, string value) => $"-p:Lightnix{name}=" + string.Concat(value.Select(c =>
        Special.Contains(c) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString()));

    /// <summary>Runs a build to its end, and gives its exit code.</summary>
    /// <param name="words">After <c>dotnet build</c>.</param>
    /// <param name="isSilent">What the build prints goes to standard error: standard output is for JSON.</param>
    public static int Run(IEnumerable<string> words, bool isSilent) =>
        Run(words, isSilent, build =>
        {
            while (isSilent && build.StandardOutput.ReadLine() is { } line)
                Output.Err.WriteLine(Visible.Lines(line));
        });

    /// <summary>Runs a build for its answer: it prints only where it fails, to standard error.</summary>
    public static bool TryRun(IEnumerable<string> words)
    {
        var said = new StringBuilder();
        var succeeded = Run(words, isCaught: true, build =>
        {
            // With -getItem, MSBuild prints its summary there, whatever the verbosity is.
            var errors = build.StandardError.ReadToEndAsync();
            said.Append(build.StandardOutput.ReadToEnd()).Append(errors.GetAwaiter().GetResult());
        }, catchesErrors: true) == ExitCodes.Done;
        if (!succeeded)
            Output.Err.WriteLine(Visible.Lines(said.ToString().Trim()));
        return succeeded;
    }

    static int Run(IEnumerable<string> words, bool isCaught, Action<Process> read, bool catchesErrors = false)
    {
        var start = new ProcessStartInfo("dotnet", ["build", .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = isCaught,
            RedirectStandardError = catchesErrors,
        };
        // Ctrl+C reaches the build by itself; this process waits for its last words.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var build = Start(start);
        using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Forward);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Forward);
        read(build);
        build.WaitForExit();
        return build.ExitCode;

        void Forward(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ProcessRequests.End(build.Id);
        }
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MistakeException($"'dotnet' could not be started: {e.Message}; install the .NET SDK, or put its folder into PATH");
        }
    }
}
