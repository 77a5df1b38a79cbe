using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>What is executed, and what it needs. It names no stage and no folder of this machine but that of a program.</summary>
public sealed record Recipe
{
    public required Invocation Invocation { get; init; }

    /// <summary>Declared and <c>LIGHTNIX_*</c> variables. The fixed set (<see cref="BuilderEnvironment"/>) is added to them.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Names of variables that pass from the environment of the build.</summary>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    /// <summary>Programs that a sandbox shows even where no command names them.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Other machines can be reached. Without a sandbox they always can.</summary>
    public bool Network { get; init; }

    /// <summary>A sandbox shows the devices of graphics cards.</summary>
    public bool Gpus { get; init; }

    public TimeSpan? TimeLimit { get; init; }
}
