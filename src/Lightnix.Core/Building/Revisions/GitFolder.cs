namespace Lightnix.Building;

/// <summary>A git repository as its files describe it. Reading them starts no program and obeys no configuration.</summary>
/// <param name="Own">Folder of the working tree's own files: <c>.git</c>, or of a further working tree a folder below it.</param>
/// <param name="Common">Folder of what all working trees share.</param>
/// <param name="WorkingTree">The folder that has <c>.git</c>.</param>
sealed record GitFolder(string Own, string Common, string WorkingTree)
{
    const int SmallSize = 64 * 1024, PackedSize = 64 * 1024 * 1024;

    // Symbolic references that lead to each other.
    const int LongestChain = 5;

    /// <summary>The repository of a folder; null where no folder above it has one.</summary>
    public static GitFolder? Of(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            var git = Path.Combine(at, ".git");
            if (Directory.Exists(git))
                return WithCommon(git, at);
            // A further working tree, or a submodule.
            if (SmallFile.Read(git, SmallSize)?.Trim() is { } text && text.StartsWith("gitdir:", StringComparison.Ordinal))
                return WithCommon(Path.GetFullPath(text["gitdir:".Length..].Trim(), at), at);
        }
        return null;
    }

    static GitFolder WithCommon(string own, string tree) =>
        new(own, SmallFile.Read(Path.Combine(own, "commondir"), SmallSize) is { } common ? Path.GetFullPath(common.Trim(), own) : own,
            tree);

    /// <summary>The commit of the working tree; null where there is none yet, or the references are kept in a way that git alone
    /// reads.</summary>
    public string? Commit()
    {
        var text = SmallFile.Read(Path.Combine(Own, "HEAD"), SmallSize)?.Trim();
        for (var i = 0; i < LongestChain && text is not null; i++)
        {
            if (IsCommit(text))
                return text;
            if (!text.StartsWith("ref: refs/", StringComparison.Ordinal) || text.Contains("..", StringComparison.Ordinal))
                return null;
            text = Follow(text["ref: ".Length..]);
        }
        return null;
    }

    string? Follow(string reference) =>
        (SmallFile.Read(Path.Combine(Own, reference), SmallSize) ?? SmallFile.Read(Path.Combine(Common, reference), SmallSize))?.Trim()
            ?? Packed(reference);

    string? Packed(string reference)
    {
        if (SmallFile.Read(Path.Combine(Common, "packed-refs"), PackedSize) is not { } all)
            return null;
        var end = all.IndexOf($" {reference}\n", StringComparison.Ordinal);
        return end < 0 ? null : all[(all.LastIndexOf('\n', end) + 1)..end];
    }

    /// <summary>True of a digest of git: SHA-1 or SHA-256.</summary>
    public static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);
}
