using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>
/// Several processes build on a disk whose power is cut at some moment; what a build had reported as finished is there afterwards.
/// </summary>
sealed class PowerCuts : ITrial
{
    static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    static readonly string[] Options = ["", "data=writeback,noauto_da_alloc", "commit=1"];

    public string Name => "power cut at any moment";

    public Tally Run(TimeSpan time, int seed)
    {
        if (LoopDisk.Missing is { } missing)
            return new() { NotTried = missing };
        var tally = new Tally();
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        using var world = new World();
        LoopDisk.Format(world["image"], 64);
        for (var round = 0; round == 0 || watch.Elapsed < time; round++)
        {
            // On and on with one disk, which keeps what was finished before.
            using var disk = new LoopDisk(world["image"], world["mount"], Options[round % Options.Length]);
            Cut(world, disk, round, random, tally);
        }
        return tally;
    }

    static void Cut(World world, LoopDisk disk, int round, Random random, Tally tally)
    {
        var what = FormattableString.Invariant($"round {round}");
        var store = Path.Combine(disk.Folder, "store");
        var pool = new Pool(world, round, random, logged: true);
        var projects = Enumerable.Range(0, 6).Select(pool.Project).ToArray();
        var workers = Enumerable.Range(0, 2)
            .Select(i => Worker.Start(["build", store, Links(world, random), .. projects[(i * 3)..(i * 3 + 3)]])).ToList();
        var wanted = random.Next(0, 4);
        // Some while after some are finished, or when all have ended.
        while (workers.Sum(Done) < wanted && workers.Any(w => !w.Exited))
            Thread.Sleep(5);
        Thread.Sleep(random.Next(0, 300));
        disk.CutPower();
        tally.Try();
        workers.ForEach(w => w.Kill(builders: true));
        tally.Expect(workers.TrueForAll(w => w.Wait(Watchdog)), $"{what}: a worker did not end");
        world.WaitForBuilders();
        disk.Unmount();
        disk.Mount();

        World.IsClean(store, tally, $"{what}, after the cut");
        var shown = workers.SelectMany(w => w.Lines).Where(l => l.StartsWith("done ", StringComparison.Ordinal))
            .Select(l => l["done ".Length..]).ToHashSet(StringComparer.Ordinal);
        tally.Count("finished builds looked for", shown.Count);
        foreach (var project in projects.OrderByDescending(shown.Contains))
        {
            var (errors, ran) = World.Build(project, store, Links(world, random));
            tally.Expect(errors is null, $"{what}: the next build: {errors}");
            tally.Expect(ran == 0 || !shown.Contains(project), $"{what}: {ran} results that had been shown were lost");
        }
        RunLog.Recorded(store, tally);
        World.IsClean(store, tally, $"{what}, after the next build");
        World.IsSwept(store, tally, what);
        workers.ForEach(w => w.Dispose());
    }

    static int Done(Worker worker) => worker.Lines.Count(l => l.StartsWith("done ", StringComparison.Ordinal));

    static string Links(World world, Random random) => world[$"links/{random.Next().ToString("x8", CultureInfo.InvariantCulture)}"];
}
