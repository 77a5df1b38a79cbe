using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Torture;

/// <summary>
/// What a worker does, and how misfortune finds it: <c>TORTURE_AT</c>, <c>TORTURE_FILES</c>, <c>TORTURE_REFUSE</c> in its environment.
/// </summary>
static class Work
{
    static int _steps;

    /// <summary>As a process: reports how many steps it took on the disk, too.</summary>
    public static int Run(string[] words)
    {
        var code = Do(words);
        Console.WriteLine($"steps {_steps}");
        return code;
    }

    /// <returns>0: done; 1: an error that was reported with its code; 3: an unexpected exception.</returns>
    public static int Do(string[] words)
    {
        try
        {
            if (Environment.GetEnvironmentVariable("TORTURE_REFUSE") is { Length: > 0 } refused)
                RefusedCall.Install(refused);
            if (Environment.GetEnvironmentVariable("TORTURE_FILES") is { Length: > 0 } files)
            {
                // Once with enough, in another store: assemblies are loaded and threads started, for which a runtime without descriptors
                // dies by itself.
                Do([words[0], words[1] + "-warm", words[2] + "-warm", .. words[3..]], new Disk());
                Descriptors.LeaveOnly(int.Parse(files, CultureInfo.InvariantCulture));
            }
            return Do(words, Disk()) ? 0 : 1;
        }
        catch (StoreException e)
        {
            return Report(e.Code, e.Message);
        }
        // As every skin does.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report("LNX3003", e.Message);
        }
        catch (Exception e)
        {
            Console.WriteLine($"crash {e}");
            return 3;
        }
    }

    static int Report(string code, string message)
    {
        Console.WriteLine($"error {code} {message.ReplaceLineEndings(" ")}");
        return 1;
    }

    static bool Do(string[] words, Disk disk)
    {
        if (words[0] == "build")
            return Build(words, disk);
        using var store = Store.Open(words[1], disk);
        switch (words[0])
        {
            case "gc":
                store.Maintenance.Collect(new GarbagePolicy { OlderThan = TimeSpan.Zero }, DateTimeOffset.UtcNow);
                return true;
            case "repair":
                store.Maintenance.Repair();
                return true;
            case "reject":
                store.Records.Add(new Rejection(Reference<Realization>.Parse(words[2]), "torture", "nobody", DateTimeOffset.UnixEpoch));
                return true;
            case "pin":
                store.Pins.Add(PinOf(store, words[2], words[3]));
                return true;
            case "unpin":
                return store.Pins.Remove(Reference<Realization>.Parse(words[2]));
            default:
                throw new ArgumentException($"unknown work '{words[0]}'");
        }
    }

    static Pin PinOf(Store store, string project, string stage)
    {
        var chosen = store.Roots.Read(project).Stages[stage];
        return new(chosen.Results[0].Realization, chosen.Resolved, chosen.Results[0].Tree, "torture", "nobody", DateTimeOffset.UnixEpoch);
    }

    // build STORE LINKS PROJECT…: one after the other, and reports what each chose.
    static bool Build(string[] words, Disk disk)
    {
        var all = true;
        foreach (var project in words[3..])
        {
            var links = Path.Combine(words[2], Path.GetFileNameWithoutExtension(project));
            var request = Projects.Request(project, words[1], links, disk, Environment.GetEnvironmentVariable("TORTURE_SANDBOX") ?? "None");
            var result = ProjectBuilds.BuildAsync(request, Report, CancellationToken.None).GetAwaiter().GetResult();
            foreach (var stage in result.Stages)
                Console.WriteLine($"chose {stage.Stage.Name} {string.Join(',', stage.Choice!.Realizations)}");
            if (result.Succeeded)
                Console.WriteLine($"done {project}");
            all &= result.Succeeded;
        }
        return all;
    }

    static void Report(BuildEvent reported)
    {
        switch (reported)
        {
            case BuildEvent.Diagnosed { Diagnostic: { Severity: Severity.Error } d }:
                Report(d.Code, d.ToString());
                break;
            case BuildEvent.Waiting waiting:
                Console.WriteLine($"waits {waiting.Stage} for {waiting.Holder}");
                break;
        }
    }

    // At the n-th step: "kill" this process, "eio" once, "full" from then on wherever something new is written, "power" off the file system
    // of TORTURE_MOUNT.
    static Disk Disk()
    {
        if (Environment.GetEnvironmentVariable("TORTURE_AT") is not { Length: > 0 } at)
            return new(_ => Interlocked.Increment(ref _steps));
        var n = int.Parse(at[..at.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        var what = at[(at.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return new(step =>
        {
            var now = Interlocked.Increment(ref _steps);
            if (now < n)
                return;
            switch (what)
            {
                case "kill":
                    System.Diagnostics.Process.GetCurrentProcess().Kill();
                    break;
                case "eio" when now == n:
                    throw new IOException("Input/output error");
                case "full" when step is "write" or "copy" or "append" or "make folder" or "make link" or "link":
                    throw new IOException("No space left on device");
                case "power" when now == n:
                    LoopDisk.CutPower(Environment.GetEnvironmentVariable("TORTURE_MOUNT")!);
                    break;
            }
        });
    }
}
