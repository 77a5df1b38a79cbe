using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>A process to be started, with everything that it gets. Standard input is empty unless it is given.</summary>
sealed record ProcessCommand
{
    /// <summary>The executable file, absolute.</summary>
    public required string File { get; init; }

    /// <summary>The process's own name (<c>argv[0]</c>), so that its messages are the same on every machine.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments, each whole.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>Replaces <see cref="Words"/> for programs of Windows that split by other rules (<c>cmd</c>).</summary>
    public string? Line { get; init; }

    /// <summary>A text that the process reads from a file and runs.</summary>
    public string? Text { get; init; }

    /// <summary>The whole environment; nothing is inherited.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>The folder of the .NET program to run, which holds the first of <see cref="Words"/>; absolute, or null.</summary>
    public string? Program { get; init; }

    /// <summary>The current directory, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Receives standard output, and standard error without <see cref="ErrorFile"/>. Exists.</summary>
    public required string LogFile { get; init; }

    public string? ErrorFile { get; init; }

    /// <summary>The process has the standard streams and the session of this process. The log file receives nothing.</summary>
    public bool IsOnTerminal { get; init; }

    /// <summary>Standard input; null: empty.</summary>
    public SafeHandle? Input { get; init; }

    /// <summary>Contents of descriptors 3, 4 and so on, after those of <see cref="SandboxInit"/> where it <see cref="Guards"/>. No list of
    /// processes shows them. Linux only.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Given { get; init; } = [];

    /// <summary>Marks the processes. Null in a sandbox, which ends them with this process, and for those that end soon.</summary>
    public ProcessMark? Mark { get; init; }

    /// <summary>Time in which its script was compiled, here or by another process.</summary>
    public TimeSpan Compiling { get; init; }

    /// <summary>The process guards a builder: the builder is asked to end, and the guard ends with it.</summary>
    public bool Guards { get; init; }
}
