using System.Collections.Immutable;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>One execution. All paths are absolute.</summary>
public sealed record BuildRequest
{
    public required Invocation Invocation { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>Standard output and standard error together. Appended to; made when it is not there.</summary>
    public required string LogFile { get; init; }

    /// <summary>Declared and <c>LIGHTNIX_*</c> variables; the fixed small set (<see cref="BuilderEnvironment"/>) is added to them.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Names let through from this process's environment.</summary>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    public TimeSpan? TimeLimit { get; init; }
}
