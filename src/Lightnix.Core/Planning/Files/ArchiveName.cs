namespace Lightnix.Planning;

/// <summary>The ending of a file name that decides whether and how a download is unpacked.</summary>
static class ArchiveName
{
    static readonly ImmutableArray<string> Known = [".zip", ".tar", ".tar.gz", ".tar.zst"];

    /// <summary>Other endings of what can be unpacked.</summary>
    static readonly ImmutableArray<(string Ending, string Known)> Short =
        [(".tgz", ".tar.gz"), (".taz", ".tar.gz"), (".tzst", ".tar.zst"), (".tar.zstd", ".tar.zst")];

    /// <summary>One compressed file; a tar may be in it.</summary>
    static readonly ImmutableArray<string> Compressed = [".gz", ".zst"];

    static readonly ImmutableArray<string> Others =
        [".xz", ".txz", ".bz2", ".tbz", ".tbz2", ".7z", ".rar", ".lz", ".tlz", ".lzma", ".lz4", ".lzo", ".z", ".zstd", ".br", ".cab",
            ".iso", ".dmg", ".deb", ".rpm", ".cpio", ".ar"];

    /// <summary>What would be right; null where the name is that of an archive that can be unpacked.</summary>
    public static string? Problem(string name)
    {
        bool Ends(string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
        const string byAnother = "leave Unpack out, and unpack it by the Command of another stage, which has the program for it in Tools";
        if (Known.Any(Ends))
            return null;
        var known = Wording.Or(Known);
        if (Short.FirstOrDefault(s => Ends(s.Ending)) is ({ } ending, var right))
            return $"the file name says what can be unpacked: it ends with {known}; write "
                + $"DestinationFileName=\"{name[..^ending.Length]}{right}\"";
        if (Compressed.FirstOrDefault(Ends) is { } compressed)
            return $"what can be unpacked ends with {known}: {byAnother}; or, if it is a tar, write "
                + $"DestinationFileName=\"{name[..^compressed.Length]}.tar{compressed}\"";
        return Others.FirstOrDefault(Ends) is { } other
            ? $"what can be unpacked ends with {known}, and '{other}' is another format: {byAnother}"
            : $"the file name says what can be unpacked: it ends with {known}; if it is one of these, give it such a name, as "
                + "DestinationFileName=\"data.zip\"";
    }
}
