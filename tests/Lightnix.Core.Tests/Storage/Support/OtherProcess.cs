using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lightnix.Builds;
using Lightnix.Running;

namespace Lightnix.Storage;

/// <summary>The test assembly as a second process: with verbs in its environment it does them instead of anything else.</summary>
static class OtherProcess
{
    const string Variable = "LIGHTNIX_TEST_VERBS";

    public static Process Start(string user, params string[] verbs)
    {
        var assembly = typeof(OtherProcess).Assembly.Location;
        var environment = new Dictionary<string, string>
        {
            [Variable] = string.Join('\n', verbs),
            ["HOME"] = Path.GetTempPath(),
            ["DOTNET_TieredPGO"] = "0"
        };
        return user.Length == 0
            ? Sh.Start(Environment.ProcessPath!, "/", ["exec", assembly], environment)
            : Sh.Start("setpriv", "/", ["--reuid", user, "--regid", user, "--clear-groups", Environment.ProcessPath!, "exec", assembly],
                environment);
    }

    public static (int ExitCode, string Output) Run(string user, params string[] verbs)
    {
        using var process = Start(user, verbs);
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

#pragma warning disable CA2255 // No library: the runner of tests has its own entry point, and this is the way before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void DoVerbs()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } verbs)
            return;
        try
        {
            Do(verbs.Split('\n'));
            Environment.Exit(0);
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            Environment.Exit(1);
            throw;
        }
    }

    // Kills this process at a step.
    static Disk Dying(string last)
    {
        var steps = 0;
        return new(_ =>
        {
            if (++steps == int.Parse(last, System.Globalization.CultureInfo.InvariantCulture))
                Process.GetCurrentProcess().Kill();
        });
    }

    static void Do(string[] verbs)
    {
        switch (verbs[0])
        {
            case "take":
                // All that are started at once wait for the file, so that they meet.
                while (verbs.Length > 3 && !File.Exists(verbs[3]))
                    Thread.Sleep(1);
                using (var store = Store.Open(verbs[1]))
                    Console.WriteLine(store.Trees.Take(verbs[2]).Reference);
                break;
            case "plan":
                using (var store = Store.Open(verbs[1]))
                    Console.WriteLine(string.Join(' ', store.Maintenance.Plan(new() { OlderThan = TimeSpan.Zero }, DateTimeOffset.UtcNow)
                        .Items.Select(i => i.Kind)));
                break;
            case "hold":
                using (var store = Store.Open(verbs[1]))
                using (store.Locks.AcquireAsync(verbs[2], verbs[3], _ => { }, CancellationToken.None).Result)
                {
                    Console.WriteLine("held");
                    Console.ReadLine();
                }
                break;
            case "build":
                var request = new Building.BuildRequest
                {
                    Recipe = new()
                    {
                        Invocation = new Planning.Invocation.Shell("sh", verbs[2]),
                        Environment =
                        Model.Derivation.NoTexts.Add("BENCH", verbs[1])
                    },
                    WorkingFolder = Path.Combine(verbs[1], "work"),
                    LogFile = Path.Combine(verbs[1], "log"),
                };
                var path = verbs.Length > 3 ? Model.Derivation.NoTexts.Add("PATH", verbs[3]) : null;
                Console.WriteLine(new Building.Builders(new(Path.Combine(verbs[1], "cache"))
                {
                    Environment = path,
                    Hidden =
                    [verbs[1]]
                }).Processes.RunAsync(request, CancellationToken.None).Result);
                break;
            case "reuse":
                using (var site = new Scenarios.Site(verbs[1]))
                {
                    // Other threads may not come here before this method ends.
                    var said = new System.Collections.Concurrent.ConcurrentQueue<BuildEvent>();
                    var items = File.Exists(verbs[2]) ? File.ReadAllText(verbs[2]) : verbs[2];
                    _ = ProjectBuilds.BuildAsync(site.Request(items), said.Enqueue, CancellationToken.None).GetAwaiter().GetResult();
                    Console.WriteLine(string.Join('\n', said));
                }
                break;
            case "die":
                Samples.BuildOnce(Store.Open(verbs[1], Dying(verbs[3])), verbs[2]);
                break;
            case "die with a checkpoint":
                using (var store = Store.Open(verbs[1], Dying(verbs[2])))
                    ACheckpoint.Try(store);
                break;
            case "evict":
                using (var store = Store.Open(verbs[1], Dying(verbs[3])))
                    store.Maintenance.Evict([.. verbs[2].Split(' ').Select(Model.Reference<Model.Tree>.Parse)], DateTimeOffset.UtcNow);
                break;
        }
    }
}
