using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>
/// A build on a small disk on which there is room for some of it; then there is room again. By turns bytes and inodes, tmpfs and ext4.
/// Needs root.
/// </summary>
sealed class FullDisk : ITrial
{
    static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    // What the second build takes, and a little more.
    const int Kibibytes = 3500, Inodes = 120;

    public string Name => "full disk";

    public Tally Run(TimeSpan time, int seed)
    {
        if (LoopDisk.Missing is { } missing)
            return new() { NotTried = missing };
        var tally = new Tally();
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        using var world = new World();
        var projects = new ActProjects(world);
        for (var round = 0; round == 0 || watch.Elapsed < time; round++)
            Fill(world, projects, (round % 2) == 0, (round / 2 % 2) == 0, random, tally);
        return tally;
    }

    static void Fill(World world, ActProjects projects, bool bytes, bool memory, Random random, Tally tally)
    {
        var mount = Directory.CreateDirectory(world["mount"]).FullName;
        if (!memory)
            LoopDisk.Format(world["image"], 24);
        World.Sh(memory ? $"mount -t tmpfs -o size=24m,nr_inodes=2000 none '{mount}'" : $"mount -o loop '{world["image"]}' '{mount}'");
        try
        {
            var room = bytes ? random.Next(Kibibytes) : random.Next(Inodes);
            var what = $"room for {room} {(bytes ? "KiB" : "files")} on {(memory ? "tmpfs" : "ext4")}";
            var store = Path.Combine(mount, "store");
            projects.Build(projects.First, store);
            // Links and digests of the project are elsewhere: it is the store that has no room.
            World.Sh(bytes
                ? $"cd '{mount}'; free=$(df -k --output=avail . | tail -1); head -c $(( (free - {room}) * 1024 )) /dev/zero > filler"
                : $"cd '{mount}'; mkdir filler; free=$(df --output=iavail . | tail -1); i={room}; while [ $((i += 1)) -lt $free ]; do : > "
                    + "filler/$i; done");
            using (var worker = Worker.Start(["build", store, projects.Links(), projects.Second]))
            {
                tally.Try();
                tally.Expect(worker.Wait(Watchdog), $"{what}: did not end");
                tally.Count(worker.ExitCode == 0 ? "had enough" : "reported an error");
                // A builder meets the full disk, too, and says so in its log.
                tally.Expect(worker.ExitCode == 0
                    || (worker.ExitCode == 1 && worker.Errors.All(e => e.StartsWith("LNX3003", StringComparison.Ordinal)
                    || e.StartsWith("LNX2002", StringComparison.Ordinal))),
                    $"{what}: ended with {worker.ExitCode}: {string.Join(" | ", worker.Lines)}");
            }
            World.IsClean(store, tally, $"{what}, as long as it is full");
            World.Sh($"rm -rf '{mount}/filler'");
            foreach (var (project, shown) in new[] { (projects.First, true), (projects.Second, false) })
            {
                var (errors, ran) = World.Build(project, store, projects.Links());
                tally.Expect(errors is null, $"{what}: the next build: {errors}");
                tally.Expect(!shown || ran == 0, $"{what}: {ran} results that had been shown were lost");
            }
            World.IsClean(store, tally, $"{what}, after the next build");
            World.IsSwept(store, tally, what);
        }
        finally
        {
            World.Sh($"umount '{mount}'");
        }
    }
}
