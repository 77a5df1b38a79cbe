namespace Lightnix.Builds;

/// <summary>A promised file as a project sees it that copies those of several.</summary>
/// <param name="Project">The file of the project that promises it.</param>
/// <param name="Stage">Of a matrix: the cell.</param>
/// <param name="TargetPath">Where it goes, in an output folder.</param>
/// <param name="File">In the store.</param>
public sealed record CopiedFile(string Project, string Stage, RelativePath TargetPath, string File)
{
    /// <summary>As its promise says; empty: it is not copied there.</summary>
    public string? CopyToOutputDirectory { get; init; }

    /// <inheritdoc cref="CopyToOutputDirectory"/>
    public string? CopyToPublishDirectory { get; init; }
}
