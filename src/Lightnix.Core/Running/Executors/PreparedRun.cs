using Lightnix.Building;

namespace Lightnix.Running;

/// <summary>A run whose working folder holds all that its builder reads.</summary>
/// <param name="WorkingFolder">Absolute.</param>
/// <param name="LogFile">Absolute, outside of the working folder.</param>
/// <param name="Mounts">Inputs that a sandbox mounts: absolute path, and place below <c>in/</c>.</param>
public sealed record PreparedRun(
    RunDraft Draft, Recipe Recipe, string WorkingFolder, string LogFile, IReadOnlyList<(string From, RelativePath At)> Mounts)
{
    /// <summary>Called when the run needs a C# script that is not compiled.</summary>
    public Action? Compiling { get; init; }

    /// <summary>Called when that script is compiled, with the time that it took; null: another run has compiled it.</summary>
    public Action<TimeSpan?>? Compiled { get; init; }
}
