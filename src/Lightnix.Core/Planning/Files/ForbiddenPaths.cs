namespace Lightnix.Planning;

/// <summary>The paths of the working tree that no stage may read, as builds write them, and the placeholder to write instead.</summary>
sealed class ForbiddenPaths(DeclaredProject project, ProjectPaths paths, IContents contents, StageIndex index)
{
    /// <summary>Why a file is no source; null: it may be one.</summary>
    /// <exception cref="ContentException">It cannot be looked at.</exception>
    public Forbidden? Of(string absolute) =>
        OfText(absolute) ?? (contents.Written(absolute, project.Directory) is { } written ? Of(absolute, written) : null);

    /// <summary>Why a path leads to a result, whose reader must depend on the stage that makes it; null: it leads to none.</summary>
    /// <exception cref="ContentException">It cannot be looked at.</exception>
    public Forbidden? OfResult(string absolute) =>
        OfText(absolute) ?? (contents.Written(absolute, project.Directory) is { IsResult: true } written ? Of(absolute, written) : null);

    /// <summary>The same without a look at the file system: the path need not be there yet.</summary>
    public Forbidden? OfText(string absolute) => paths.WhyNever(absolute) is { } why ? new(why, PlaceholderOf(absolute)) : null;

    public Forbidden Of(string absolute, WrittenPath written) => new(written.Why, PlaceholderOf(written.Link ?? absolute));

    string? PlaceholderOf(string path) =>
        paths.BelowNever(path) is { } below && index.Find(below.First) is not null ? $"@{{{below}}}"
            : PlaceholderOfForeign(path);

    // The link folder of another project may have any name, so each folder of the path may be the stage's.
    string? PlaceholderOfForeign(string path) =>
    (
        from reference in project.References
        let below = ProjectPaths.Below(Path.GetDirectoryName(reference.File) ?? reference.File, path)
        where below is not null
        from name in below.ToString().Split('/')
        where project.ReferencedStages.Any(h => h.Project == reference.File
            && string.Equals(h.Name.Own.ToString(), name, StringComparison.OrdinalIgnoreCase))
        select $"@{{{reference.Name}:{name}}}"
    ).FirstOrDefault();
}

/// <summary>Why a path is not the author's to read.</summary>
/// <param name="Why">The end of a sentence.</param>
/// <param name="Placeholder">What to write instead; null: unknown.</param>
sealed record Forbidden(string Why, string? Placeholder);
