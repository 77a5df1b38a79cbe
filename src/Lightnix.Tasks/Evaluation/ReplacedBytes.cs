using System.Text.Unicode;

namespace Lightnix.Tasks;

/// <summary>Finds counted texts from a file that is not UTF-8: LNX1011. MSBuild reads U+FFFD for other bytes.</summary>
/// <param name="files">The files that authors wrote.</param>
sealed class ReplacedBytes(Declarations declared, IEnumerable<string> files)
{
    const char Replacement = '\uFFFD';

    static readonly byte[][] OtherEncodings =
        [.. new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 }.Select(e => e.GetPreamble())];

    readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public IEnumerable<Diagnostic> Find()
    {
        foreach (var item in declared.Items)
        {
            // A file name that is not UTF-8 has the same character, but only a wildcard finds such a file.
            if (Holds(item.Include) && !declared.IsFound(item) && FileOf(item) is { } ofInclude)
                yield return WrittenErrors.ReplacedBytes(item, "Include", ofInclude);
            foreach (var (name, text) in item.Metadata)
            {
                if (Holds(text) && CountedTexts.Holds(item.Kind, name) && FileOf(item) is { } file)
                    yield return WrittenErrors.ReplacedBytes(item, name, file);
            }
        }
    }

    static bool Holds(string text) => text.Contains(Replacement, StringComparison.Ordinal);

    // The text may come from a property of another file.
    string? FileOf(DeclaredItem item) => files.Prepend(declared.DefiningFile(item)).FirstOrDefault(IsForeign);

    bool IsForeign(string file)
    {
        if (!_known.TryGetValue(file, out var isForeign))
            _known[file] = isForeign = IsForeign(Read(file));
        return isForeign;
    }

    static bool IsForeign(byte[] bytes) =>
        !Utf8.IsValid(bytes) && !Array.Exists(OtherEncodings, mark => bytes.AsSpan().StartsWith(mark));

    static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file has gone, or MSBuild never read it: there is nothing to compare with.
            return [];
        }
    }
}
