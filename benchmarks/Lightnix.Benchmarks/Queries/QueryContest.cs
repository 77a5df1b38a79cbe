using System.Diagnostics;

namespace Lightnix.Benchmarks;

/// <summary>Times verbs of the tool on a large store, beside the floor: a process that lists all records and reads their bytes.</summary>
sealed class QueryContest(string tool, bool keep, TextWriter progress)
{
    const int Times = 5;

    static readonly string[][] Verbs =
    [
        ["ls"], ["ls", "--json"], ["ls", "--runs"], ["show", LargeStore.Stage], ["log", LargeStore.Stage], ["status"],
        ["why", LargeStore.Stage, "--last"], ["why", LargeStore.Stage, "--chosen"], ["trace", LargeStore.Stage],
        ["diff", "train-1", LargeStore.Stage], ["runs", LargeStore.Stage], ["runs", "train"], ["history"], ["variance", LargeStore.Stage],
        ["graph"], ["gc"],
    ];

    public string Report(int realizations)
    {
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(memory, $"lightnix-bench-{Path.GetRandomFileName()}")).FullName;
        try
        {
            var store = Path.Combine(folder, "store");
            var watch = Stopwatch.StartNew();
            new LargeStore(store, Path.Combine(folder, "sweep.lnproj")).Make(realizations);
            progress.WriteLine(FormattableString.Invariant($"made {realizations} realizations in {watch.Elapsed.TotalSeconds:F0} s"));
            return Report(folder, store, realizations);
        }
        finally
        {
            // Stored folders are read-only.
            if (!keep)
                Process.Start("sh", ["-c", $"chmod -R u+w '{folder}'; rm -rf '{folder}'"]).WaitForExit();
        }
    }

    string Report(string folder, string store, int realizations)
    {
        string[] files = ["-c", "find \"$0/resolved\" \"$0/roots\" -type f -exec cat {} + > /dev/null", store];
        var floor = Median(folder, store, "sh", files);
        var text = new StringBuilder(FormattableString.Invariant($"""

            ## Queries

            A store with {realizations:N0} realizations, in memory. Medians of {Times}, process start included. The floor,
            `find` and `cat` of all records, takes {floor:F2} s.

            | Verb | Time | Ratio to the floor |
            |---|---:|---:|

            """));
        foreach (var verb in Verbs)
        {
            var time = Median(folder, store, "dotnet", ["exec", tool, .. verb]);
            progress.WriteLine(FormattableString.Invariant($"{time,8:F2} s  lightnix {string.Join(' ', verb)}"));
            text.Append(CultureInfo.InvariantCulture, $"| `{string.Join(' ', verb)}` | {time:F2} s | {time / floor:F1} |\n");
        }
        return text.ToString();
    }

    static double Median(string folder, string store, string program, IEnumerable<string> words)
    {
        var times = Enumerable.Range(0, Times).Select(_ => Time(folder, store, program, words)).Order().ToArray();
        return times[Times / 2];
    }

    static double Time(string folder, string store, string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LIGHTNIX_STORE"] = store;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode is 0 or 4 ? watch.Elapsed.TotalSeconds
            : throw new BenchmarkException($"{program} {string.Join(' ', words)}: {errors.Result}");
    }
}
