using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lightnix.Benchmarks;

/// <summary>What a build asks git about a working tree beside its first run, timed alone, with <c>git --version</c> as the floor.</summary>
static partial class GitQuestions
{
    const int OfChildren = -1;

    static readonly string[] Silenced =
        ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true"];

    /// <summary>The fastest of many, as Markdown.</summary>
    public static string Report(string folder, int times)
    {
        (string Name, string[] Words)[] questions =
        [
            ("`git --version`", ["--version"]),
            ("filters (`git config`)", [.. Silenced, "-C", folder, "config", "--name-only", "--get-regexp", @"^filter\."]),
            ("changes (`git status`)", [.. Silenced, "-C", folder, "status", "--porcelain=v2", "--branch", "--no-ahead-behind",
                "--untracked-files=normal", "--ignore-submodules=dirty", "--no-renames", "--", ":(top)"]),
        ];
        var best = questions.ToDictionary(q => q.Name, _ => (Wall: double.MaxValue, Cpu: double.MaxValue));
        // In turn, so that a machine that slows down slows all of them down.
        for (var i = 0; i < times; i++)
        {
            foreach (var (name, words) in questions)
            {
                var (wall, cpu) = Time(words);
                best[name] = (Math.Min(best[name].Wall, wall), Math.Min(best[name].Cpu, cpu));
            }
        }
        return string.Create(CultureInfo.InvariantCulture, $"| Fastest of {times} | Time | Processor |\n|---|---:|---:|\n")
            + string.Concat(questions.Select(q => string.Create(CultureInfo.InvariantCulture,
                $"| {q.Name} | {best[q.Name].Wall:F1} ms | {best[q.Name].Cpu:F1} ms |\n")));
    }

    static (double Wall, double Cpu) Time(string[] words)
    {
        var before = Cpu();
        var watch = Stopwatch.StartNew();
        using var git = Process.Start(new ProcessStartInfo("git", words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (watch.Elapsed.TotalMilliseconds, Cpu() - before);
    }

    // Of all children that have ended, in milliseconds. .NET does not give it for one that has.
    static double Cpu()
    {
        var usage = new long[18];
        _ = GetUsage(OfChildren, usage);
        return ((usage[0] + usage[2]) * 1000) + ((usage[1] + usage[3]) / 1000.0);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, [In, Out] long[] usage);
}
