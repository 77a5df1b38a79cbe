namespace Lightnix.Torture;

/// <summary>One pool of stages, built by a crowd until all have ended, one way or the other; then everything is looked at.</summary>
sealed class CrowdRound(World world, string store, int round, Random random, Tally tally)
{
    readonly List<Worker> _workers = [];
    readonly List<Worker> _tools = [];
    readonly HashSet<int> _killedBuilders = [];
    readonly HashSet<string> _hurt = new(StringComparer.Ordinal);
    readonly List<string> _projects = [];

    public required int Processes { get; init; }

    public required TimeSpan Watchdog { get; init; }

    public Func<Random, string[]>? Prefix { get; init; }

    public bool Sandbox { get; init; }

    // Every other round somebody collects and verifies meanwhile; then what a killed worker had made may be made again.
    bool Cares => round % 2 == 1;

    public void Run()
    {
        File.WriteAllText(world.RunLog, "");
        var pool = new Pool(world, round, random, logged: !Sandbox);
        for (var i = 0; i < 3; i++)
            _projects.Add(pool.Project(i));
        Torment();
        world.WaitForBuilders();
        LookAtWorkers();
        LookAtRuns();
        foreach (var project in _projects)
            Start([project]).Wait(Watchdog);
        LookAtWorkers();
        LookAtChoices();
        World.IsClean(store, tally, $"round {round}");
        World.IsSwept(store, tally, $"round {round}", ofOneUser: Prefix is null);
        _workers.Concat(_tools).ToList().ForEach(w => w.Dispose());
    }

    // As many as were asked for are kept at work; some die, and others take their places.
    void Torment()
    {
        for (var toStart = Processes * 2; toStart > 0 || _workers.Concat(_tools).Any(w => !w.Exited);)
        {
            if (toStart > 0 && _workers.Count(w => !w.Exited) < Processes)
            {
                toStart--;
                Start([.. _projects.OrderBy(_ => random.Next()).Take(random.Next(1, 3))]);
            }
            if (Cares && toStart > 0 && _tools.TrueForAll(t => t.Exited))
                _tools.Add(random.Next(2) == 0 ? Worker.StartTool("gc", "--yes", "--older-than", "0", "--store", store)
                    : Worker.StartTool("verify", "--store", store));
            Thread.Sleep(random.Next(10, 150));
            Strike();
            if (_workers.Concat(_tools).FirstOrDefault(w => !w.Exited && w.Age > Watchdog) is { } stuck)
            {
                tally.Lose($"round {round}: {stuck.Id} did not end: {string.Join(" | ", stuck.Lines)}");
                stuck.Kill(builders: true);
            }
        }
        _workers.Concat(_tools).ToList().ForEach(w => w.Wait(Watchdog));
    }

    Worker Start(string[] projects)
    {
        var links = world[$"links/{random.Next():x8}"];
        Directory.CreateDirectory(links);
        if (Prefix is not null)
            World.Sh($"chmod 777 '{links}'");
        var worker = Worker.Start(["build", store, links, .. projects], Sandbox ? ["TORTURE_SANDBOX=Required"] : [],
            Prefix?.Invoke(random) ?? []);
        _workers.Add(worker);
        tally.Try();
        return worker;
    }

    void Strike()
    {
        var living = _workers.Where(w => !w.Exited).ToList();
        switch (random.Next(40))
        {
            case 0 when living.Count > 0:
                tally.Count("killed with their builders");
                living[random.Next(living.Count)].Kill(builders: true);
                break;
            case 1 when living.Count > 0:
                tally.Count("killed, their builders not");
                living[random.Next(living.Count)].Kill(builders: false);
                break;
            case >= 2 and < 8 when !Sandbox
                && new RunLog(world.RunLog).Open().Where(o => !Pool.HasSlack(o.Run) && !_killedBuilders.Contains(o.Process))
                .ToList() is { Count: > 0 } open:
                var (_, worker, process) = open[random.Next(open.Count)];
                _killedBuilders.Add(process);
                _hurt.Add(worker);
                tally.Count("builders killed");
                World.Sh($"kill -9 {process} 2> /dev/null || :");
                break;
        }
    }

    void LookAtWorkers()
    {
        foreach (var worker in _workers.Where(w => !w.Killed))
        {
            tally.Count("waited for another's run", worker.Lines.Count(l => l.StartsWith("waits ", StringComparison.Ordinal)));
            var excused = _hurt.Contains(worker.Id) && worker.ExitCode == 1
                && worker.Errors.All(e => e.StartsWith("LNX2002", StringComparison.Ordinal));
            tally.Expect(worker.ExitCode == 0 || excused,
                $"round {round}: {worker.Id} ended with {worker.ExitCode}: {string.Join(" | ", worker.Lines)}");
        }
        foreach (var tool in _tools)
        {
            var busy = tool.ExitCode == 3 && tool.Lines.All(l => l.Contains("LNX3005", StringComparison.Ordinal));
            tally.Expect(tool.ExitCode == 0 || busy,
                $"round {round}: the tool ended with {tool.ExitCode}: {string.Join(" | ", tool.Lines)}");
            tally.Count("collections and verifications");
        }
        _tools.Clear();
    }

    void LookAtRuns()
    {
        var killed = _workers.Where(w => w.Killed).Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
        var log = new RunLog(world.RunLog);
        tally.Count("runs ended well", log.Ended);
        log.NoneTwiceAtOnce(killed, _killedBuilders, Pool.IsVote, tally);
        var recorded = RunLog.Recorded(store, tally);
        if (!Cares)
            log.EachIsRecordedOnce(killed, recorded.Where(r => r.Facts.Seed is not null).ToLookup(r => r.Facts.Seed!.Value), tally);
    }

    void LookAtChoices()
    {
        var choices = _workers.SelectMany(w => w.Lines).Where(l => l.StartsWith("chose ", StringComparison.Ordinal))
            .Select(l => l.Split(' ')).ToLookup(w => w[1], w => w[2]);
        foreach (var stage in choices)
            tally.Expect(stage.Distinct().Count() == 1,
                $"round {round}: {stage.Key} was chosen as {string.Join(" and as ", stage.Distinct())}");
        tally.Count("choices compared", choices.Sum(c => c.Count()));
    }
}
