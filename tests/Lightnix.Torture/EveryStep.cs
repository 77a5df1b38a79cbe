using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>Every act, hit at every step that it makes on the disk, in an order drawn by lot; then the next build goes on.</summary>
/// <param name="blow">What happens there; see <see cref="Work"/>.</param>
/// <param name="short">One act, drawn by lot, instead of all: to prepare them takes long.</param>
sealed class EveryStep(string blow, bool @short = false) : ITrial
{
    static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    static readonly string[] Options = ["", "data=writeback,noauto_da_alloc", "commit=1"];

    bool Power => blow == "power";

    public string Name => blow switch
    {
        "kill" => "SIGKILL at each step",
        "eio" => "EIO at each step",
        "full" => "disk full from each step on",
        _ => "power cut at each step",
    };

    public Tally Run(TimeSpan time, int seed)
    {
        if (Power && LoopDisk.Missing is { } missing)
            return new() { NotTried = missing };
        var tally = new Tally();
        var watch = Stopwatch.StartNew();
        using var world = new World();
        var projects = new ActProjects(world);
        Directory.CreateDirectory(world["links"]);
        var random = new Random(seed);
        var acts = @short ? [Act.All[random.Next(Act.All.Length)]] : Act.All;
        var all = acts.SelectMany(act => Enumerable.Range(1, Prepare(world, projects, act)).Select(n => (Act: act, Step: n))).ToArray();
        random.Shuffle(all);
        tally.Count("steps in all", all.Length);
        Parallel.ForEach(all.Select((a, i) => (a.Act, a.Step, Number: i)), new ParallelOptions { MaxDegreeOfParallelism = 2 }, (at, loop) =>
        {
            if (watch.Elapsed > time && at.Number >= 2)
                loop.Stop();
            else
                Try(world, projects, at.Act, at.Step, at.Number, tally);
        });
        return tally;
    }

    // The store before the act, and how many steps it makes.
    int Prepare(World world, ActProjects projects, Act act)
    {
        var template = world[Template(act)];
        if (Power)
        {
            LoopDisk.Format(template, 32);
            using var disk = new LoopDisk(template, world["mount"]);
            act.Prepare(projects, Path.Combine(disk.Folder, "store"));
        }
        else
        {
            Directory.CreateDirectory(template);
            act.Prepare(projects, Path.Combine(template, "store"));
        }
        using var place = Copy(world, act, "whole", "");
        using var worker = Worker.Start(act.Words(projects, place.Store));
        worker.Wait(Watchdog);
        return worker.ExitCode == (act.Fails ? 1 : 0)
            ? int.Parse(worker.Lines.Single(l => l.StartsWith("steps ", StringComparison.Ordinal))["steps ".Length..],
                CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{act.Name}: {string.Join(" | ", worker.Lines)}");
    }

    void Try(World world, ActProjects projects, Act act, int step, int number, Tally tally)
    {
        var what = FormattableString.Invariant($"{act.Name}, step {step}, {blow}");
        using var place = Copy(world, act, number.ToString(CultureInfo.InvariantCulture), Options[number % Options.Length]);
        var words = act.Words(projects, place.Store);
        bool reported;
        using (var worker =
            Worker.Start(words, [FormattableString.Invariant($"TORTURE_AT={step}:{blow}"), $"TORTURE_MOUNT={place.Folder}"]))
        {
            tally.Try();
            tally.Expect(worker.Wait(Watchdog), $"{what}: did not end");
            LookAtEnd(worker, act, what, tally);
            reported = worker.ExitCode == 0;
        }
        place.Disk?.Unmount();
        place.Disk?.Mount();
        if (reported && act.Lacks?.Invoke(projects, place.Store) is { } lacking)
            tally.Lose($"{what}: it was reported as done, and {lacking} went");
        if (act.Loses(place.Store) is { } lost)
            tally.Lose($"{what}: it lost {lost}");
        LookAtStore(projects, act, place.Store, what, tally);
    }

    void LookAtEnd(Worker worker, Act act, string what, Tally tally)
    {
        tally.Count(worker.ExitCode switch { 0 => "went on", 137 => "killed", _ => "reported an error" });
        if (blow == "kill")
            tally.Expect(worker.ExitCode is 137 or 0 || (act.Fails && worker.ExitCode == 1),
                $"{what}: ended with {worker.ExitCode}: {string.Join(" | ", worker.Lines)}");
        else
            // Every error has a code, and nothing was unforeseen.
            tally.Expect(worker.ExitCode == 0
                || (worker.ExitCode == 1 && worker.Errors.Any() && worker.Errors.All(e => e.StartsWith("LNX", StringComparison.Ordinal))),
                $"{what}: ended with {worker.ExitCode}: {string.Join(" | ", worker.Lines)}");
    }

    static void LookAtStore(ActProjects projects, Act act, string store, string what, Tally tally)
    {
        if (!act.Mends)
            World.IsClean(store, tally, $"{what}, before the next build");
        else
            tally.Expect(Work.Do(["repair", store]) == 0, $"{what}: the repair did not go on");
        var (errors, ran) = World.Build(act.Keeps?.Invoke(projects) ?? projects.First, store, projects.Links());
        tally.Expect(errors is null, $"{what}: the next build: {errors}");
        tally.Expect(act.Keeps is null || ran == 0, $"{what}: {ran} results that had been shown were lost");
        RunLog.Recorded(store, tally);
        World.IsClean(store, tally, $"{what}, after the next build");
        World.IsSwept(store, tally, what);
    }

    string Template(Act act) => $"template {act.Name}{(Power ? ".image" : "")}";

    StorePlace Copy(World world, Act act, string name, string options)
    {
        var folder = world["at-" + name];
        if (!Power)
        {
            World.Sh($"cp -a '{world[Template(act)]}' '{folder}'");
            return new(folder, null);
        }
        World.Sh($"cp --sparse=always '{world[Template(act)]}' '{folder}.image'");
        return new(folder, new(folder + ".image", folder, options));
    }

    /// <summary>Where a copy of a store is for one try.</summary>
    sealed record StorePlace(string Folder, LoopDisk? Disk) : IDisposable
    {
        public string Store => Path.Combine(Folder, "store");

        public void Dispose()
        {
            Disk?.Dispose();
            Storage.Native.DeleteAll(Folder);
            File.Delete(Folder + ".image");
        }
    }
}
