namespace Lightnix.Building;

/// <summary>One execution of a recipe in a folder of this machine. All paths are absolute.</summary>
public sealed record BuildRequest
{
    public required Recipe Recipe { get; init; }
    public required string WorkingFolder { get; init; }

    /// <summary>What a sandbox mounts below <c>in/</c>, read-only and in this order; the places exist. Empty without a sandbox.</summary>
    public IReadOnlyList<(string From, RelativePath At)> Mounts { get; init; } = [];

    /// <summary>Receives standard output and standard error. Appended to; made when it is missing.</summary>
    public required string LogFile { get; init; }

    /// <summary>The process has the terminal, or the standard streams, of this process. Nothing is logged.</summary>
    public bool IsOnTerminal { get; init; }

    /// <summary>Called with the purpose of another process, where the execution has to wait for it.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>Called when the execution needs a C# script that is not compiled.</summary>
    public Action? Compiling { get; init; }

    /// <summary>Called when that script is compiled, with the time that it took; null: another execution has compiled it.</summary>
    public Action<TimeSpan?>? Compiled { get; init; }

    /// <summary>Called before the execution with what the author may want to know.</summary>
    public Action<string>? Notice { get; init; }
}
