using System.Diagnostics;

namespace Lightnix.Storage;

/// <summary>Runs real programs.</summary>
static class Sh
{
    public static string Run(string script, string folder, string shell = "sh")
    {
        var (code, output) = TryRun(shell, folder, ["-euc", script]);
        return code == 0 ? output : throw new InvalidOperationException($"exit code {code}: {script}\n{output}");
    }

    public static (int ExitCode, string Output) TryRun(string program, string folder, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, folder, arguments, environment);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public static Process Start(string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string,
        string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static bool Has(string program) => TryRun("sh", "/", ["-c", $"command -v {program}"]).ExitCode == 0;
}
