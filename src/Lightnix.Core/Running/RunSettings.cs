using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>What is the same for all runs of a build.</summary>
/// <param name="Host">This machine, for records.</param>
/// <param name="Who">Names this process to others that wait for its runs.</param>
/// <param name="KeepWorkspace">The working folders of failed runs stay.</param>
/// <param name="ProjectFolder">Null: it is not known.</param>
sealed record RunSettings(Host Host, string Who, bool KeepWorkspace, string? ProjectFolder)
{
    /// <summary>The revision of the working tree, read when it is first asked for.</summary>
    public Revisions Revision { get; init; } = Revisions.None;

    public KeepSources KeepSources { get; init; }

    /// <summary>Full path, for those who look at what goes on.</summary>
    public string ProjectFile { get; init; } = "";

    /// <summary>As <c>user@machine</c>.</summary>
    public string User { get; init; } = "";
}
