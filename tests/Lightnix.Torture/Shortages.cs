using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>
/// Worse machines: few descriptors, a disk that fails every sync, a file system that cannot lock. Each build says what is wrong, with its
/// code, and the next one on a sound machine goes on.
/// </summary>
sealed class Shortages : ITrial
{
    static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    public string Name => "EMFILE, failing syncs, no locks";

    public Tally Run(TimeSpan time, int seed)
    {
        var tally = new Tally();
        var watch = Stopwatch.StartNew();
        using var world = new World();
        var projects = new ActProjects(world);
        // From none to more than enough, in an order drawn by lot.
        var descriptors = Enumerable.Range(0, 40).ToArray();
        new Random(seed).Shuffle(descriptors);
        for (var i = 0; i == 0 || watch.Elapsed < time; i++)
        {
            var left = descriptors[i % descriptors.Length];
            Try(projects, world[$"files{i}"], $"{left} descriptors", $"TORTURE_FILES={left}", tally, "LNX3003", "LNX2002", "LNX1015");
            if (RefusedCall.IsKnown && i < 2)
            {
                Try(projects, world[$"syncing{i}"], "syncs fail", "TORTURE_REFUSE=syncing", tally, "LNX3003");
                Try(projects, world[$"locking{i}"], "no locks", "TORTURE_REFUSE=locking", tally, "LNX3002");
            }
        }
        return tally;
    }

    static void Try(ActProjects projects, string store, string what, string misfortune, Tally tally, params string[] codes)
    {
        projects.Build(projects.First, store);
        using (var worker = Worker.Start(["build", store, projects.Links(), projects.Second], [misfortune], "sh", "-c",
            "ulimit -n 300; exec \"$@\"", "sh"))
        {
            tally.Try();
            tally.Expect(worker.Wait(Watchdog), $"{what}: did not end");
            var (files, died) = (misfortune.StartsWith("TORTURE_FILES", StringComparison.Ordinal), IsOfTheRuntime(worker));
            tally.Count(died ? "died of the runtime itself" : worker.ExitCode == 0 ? "had enough" : "reported an error");
            tally.Expect((files && (worker.ExitCode == 0 || died))
                || (worker.ExitCode == 1 && worker.Errors.Any()
                && worker.Errors.All(e => codes.Any(c => e.StartsWith(c, StringComparison.Ordinal)))),
                $"{what}: ended with {worker.ExitCode}: {string.Join(" | ", worker.Lines)}");
        }
        World.IsClean(store, tally, what);
        foreach (var (project, shown) in new[] { (projects.First, true), (projects.Second, false) })
        {
            var (errors, ran) = World.Build(project, store, projects.Links());
            tally.Expect(errors is null, $"{what}: the next build: {errors}");
            tally.Expect(!shown || ran == 0, $"{what}: {ran} results that had been shown were lost");
        }
        World.IsClean(store, tally, $"{what}, after the next build");
        World.IsSwept(store, tally, what);
    }

    // Without a descriptor .NET can neither start a thread nor load an assembly, and no program of it can say anything about that.
    static bool IsOfTheRuntime(Worker worker) =>
        worker.ExitCode == 134 || (worker.ExitCode == 3
            && worker.Lines.Any(l => l.Contains("OutOfMemoryException", StringComparison.Ordinal)
            || l.Contains("Could not load file or assembly", StringComparison.Ordinal)));
}
