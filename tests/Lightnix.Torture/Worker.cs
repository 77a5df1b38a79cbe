using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>A process of this program that does one thing to a store (see <see cref="Work"/>), seen from outside.</summary>
sealed class Worker : IDisposable
{
    readonly Process _process;
    readonly List<string> _lines = [];
    readonly DateTime _started = DateTime.UtcNow;

    Worker(Process process, string id)
    {
        (_process, Id) = (process, id);
        DataReceivedEventHandler add = (_, e) =>
        {
            lock (_lines)
            {
                if (e.Data is { Length: > 0 } line)
                    _lines.Add(line);
            }
        };
        process.OutputDataReceived += add;
        process.ErrorDataReceived += add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Id { get; }

    public bool Killed { get; private set; }

    public bool Exited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public TimeSpan Age => DateTime.UtcNow - _started;

    /// <summary>Complete only after <see cref="Wait"/>.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public IEnumerable<string> Errors =>
        Lines.Where(l => l.StartsWith("error ", StringComparison.Ordinal)).Select(l => l["error ".Length..]);

    static int _count;

    /// <param name="verbs">What <see cref="Work"/> reads.</param>
    /// <param name="environment">As <c>TORTURE_AT=3:kill</c>.</param>
    /// <param name="prefix">A program and words that start it: <c>setpriv …</c>, say.</param>
    public static Worker Start(IEnumerable<string> verbs, IEnumerable<string>? environment = null, params string[] prefix) =>
        StartProgram([.. prefix, Dotnet, "exec", typeof(Worker).Assembly.Location, "work", .. verbs], environment);

    /// <summary>The command-line tool itself.</summary>
    public static Worker StartTool(params string[] words) =>
        StartProgram([Dotnet, "exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), .. words], null);

    // A test runs in a host of its own, and `dotnet` is what started it.
    static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    static Worker StartProgram(string[] words, IEnumerable<string>? environment)
    {
        var id = "w" + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(words[0],
            words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory =
            "/"
        };
        start.Environment["TORTURE_WORKER"] = id;
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["HOME"] = Path.GetTempPath();
        foreach (var variable in environment ?? [])
            start.Environment[variable[..variable.IndexOf('=', StringComparison.Ordinal)]] =
                variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return new(Process.Start(start)!, id);
    }

    /// <summary>SIGKILL.</summary>
    /// <param name="builders">Those that it started, too.</param>
    public void Kill(bool builders)
    {
        Killed = true;
        _process.Kill(entireProcessTree: builders);
    }

    /// <summary>Waits until it ends and all that it said is here; one that does not end in time is killed, and false.</summary>
    public bool Wait(TimeSpan limit)
    {
        var inTime = _process.WaitForExit(limit);
        if (!inTime)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        return inTime;
    }

    public void Dispose() => _process.Dispose();
}
