using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>One execution. All paths are absolute.</summary>
public sealed record BuildRequest
{
    public required Invocation Invocation { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>What a sandbox mounts below <c>in/</c>, read-only and in this order; their places are there. Without a sandbox: none.</summary>
    public IReadOnlyList<(string From, RelativePath At)> Mounts { get; init; } = [];

    /// <summary>Standard output and standard error together. Appended to; made when it is not there.</summary>
    public required string LogFile { get; init; }

    /// <summary>Declared and <c>LIGHTNIX_*</c> variables; the fixed small set (<see cref="BuilderEnvironment"/>) is added to them.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Names let through from this process's environment.</summary>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    /// <summary>Programs that it names as its tools: a sandbox shows them even where no command names them.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>It may reach other machines. Without a sandbox all may.</summary>
    public bool Network { get; init; }

    /// <summary>It uses graphics cards: a sandbox shows their devices.</summary>
    public bool Gpus { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Called when it has to wait for somebody else before it can begin, with what that one does.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>Told, before it begins, of what its author may want to know and what is no mistake.</summary>
    public Action<string>? Notice { get; init; }
}
