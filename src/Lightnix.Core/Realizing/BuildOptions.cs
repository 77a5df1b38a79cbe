using Lightnix.Storage;

namespace Lightnix.Realizing;

/// <summary>How a build is asked for.</summary>
public sealed record BuildOptions
{
    public BuildMode Mode { get; init; }

    /// <summary>Of a plan: what it is of, a build, or a run of the named stages (<see cref="BuildMode.Run"/>).</summary>
    public BuildMode PlanOf { get; init; }

    /// <summary>The project file, absolute: the root's key.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>Names or globs of stages; empty: all.</summary>
    public ImmutableArray<string> Stages { get; init; } = [];

    /// <summary>Names or globs of intermediate stages whose bytes another project of the build needs.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>True where other projects may be built for the same request: a name that is not known here may be theirs.</summary>
    public bool IsPart { get; init; }

    /// <summary>Cores that runs share; 0 or less: as many as the machine has.</summary>
    public int Cores { get; init; }

    /// <summary>Runs at once, whatever cores they take; 0: as many as the cores allow.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Leaves the working folder of a failed run in place, and says where.</summary>
    public bool KeepWorkspace { get; init; }

    /// <summary>Which sources of runs the store keeps.</summary>
    public KeepSources KeepSources { get; init; }

    /// <summary>Reads every byte of what is chosen before it is used, instead of looking at sizes, modes and times.</summary>
    public bool Verify { get; init; }

    /// <summary><c>Auto</c> (or empty), <c>Required</c> or <c>None</c>.</summary>
    public string Sandbox { get; init; } = "";

    /// <summary>True: whatever would have to run is LNX2014 instead.</summary>
    public bool RunsNothing { get; init; }

    /// <summary>How many attempts of each named stage <see cref="BuildMode.Repeat"/> makes.</summary>
    public int Repetitions { get; init; }

    /// <summary>Of a plan that also adopts results; null for any other build.</summary>
    public AdoptOptions? Adopt { get; init; }

    public AdoptedResults Adopted { get; init; }

    public LockOptions Lock { get; init; } = new();
    public bool WantsSandbox => !Sandbox.Equals("None", StringComparison.OrdinalIgnoreCase);
    public bool RequiresSandbox => Sandbox.Equals("Required", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a build does.</summary>
public enum BuildMode
{
    /// <summary>Realizes what is missing.</summary>
    Build,

    /// <summary>One new replicate of each named stage, then the matchers again.</summary>
    Run,

    /// <summary>Runs nothing: says what would run and why.</summary>
    Plan,

    /// <summary>New attempts of replicates of each named stage that were run. Nothing is chosen or published.</summary>
    Repeat,
}
