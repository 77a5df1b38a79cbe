using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>
/// One process to be started, with everything that it will see; standard input is empty unless it is given. A sandbox wraps one of these
/// into another.
/// </summary>
sealed record ProcessCommand
{
    /// <summary>The executable file, absolute.</summary>
    public required string File { get; init; }

    /// <summary>
    /// What the process is told that it is called (<c>argv[0]</c>), so that <c>sh: 1: nosuch: not found</c> reads the same on every
    /// machine.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Its arguments, each whole.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>
    /// A command line for Windows programs that do not split by the usual rules (<c>cmd</c>); replaces <see cref="Words"/> there.
    /// </summary>
    public string? Line { get; init; }

    /// <summary>A text that it runs and that is not among <see cref="Words"/>, since it is in a file.</summary>
    public string? Text { get; init; }

    /// <summary>All of it: nothing is inherited.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>
    /// The folder of the .NET program that it runs, absolute: the first of <see cref="Words"/> is a file in it. Null for others.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>The current directory, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets standard output, and standard error too unless <see cref="ErrorFile"/> is given. Exists.</summary>
    public required string LogFile { get; init; }

    public string? ErrorFile { get; init; }

    /// <summary>What is read from standard input; null: nothing.</summary>
    public SafeHandle? Input { get; init; }

    /// <summary>
    /// What it reads from descriptors 3, 4 and so on, behind those of <see cref="SandboxInit"/> where it <see cref="Guards"/>: settings
    /// that no list of processes may show. Linux only.
    /// </summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Given { get; init; } = [];

    /// <summary>
    /// What its processes are known by. Null where something else ends them with this process (a sandbox), or where they end soon.
    /// </summary>
    public EnvironmentMark? Mark { get; init; }

    /// <summary>It only guards others: they are asked to end, and it ends with them.</summary>
    public bool Guards { get; init; }
}
