using System.Text;
using System.Text.Unicode;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>Finds counted texts from a file that is not UTF-8: LNX1011. MSBuild reads every file as UTF-8, and U+FFFD stands for the bytes that are none.</summary>
/// <param name="files">The files that authors wrote.</param>
sealed class ReplacedBytes(Declarations declared, IEnumerable<string> files)
{
    const char Replacement = '\uFFFD';

    static readonly byte[][] OtherEncodings = [.. new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 }.Select(e => e.GetPreamble())];

    readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public IEnumerable<(Diagnostic Diagnostic, DeclaredItem Item)> Find() =>
        from item in declared.Items
        from text in Texts(item)
        where text.Value.Contains(Replacement, StringComparison.Ordinal)
        let file = files.Prepend(declared.DefiningFile(item)).FirstOrDefault(IsForeign)
        where file is not null
        select (WrittenErrors.ReplacedBytes(item, text.Key, file), item);

    // A file name that is not UTF-8 has the same character; only a wildcard can find it.
    IEnumerable<KeyValuePair<string, string>> Texts(DeclaredItem item) => item.Metadata
        .Where(m => CountedTexts.Holds(item.Kind, m.Key))
        .Concat(declared.IsFound(item) ? [] : [KeyValuePair.Create("Include", item.Include)]);

    bool IsForeign(string file)
    {
        if (!_known.TryGetValue(file, out var isForeign))
            _known[file] = isForeign = IsForeign(Read(file));
        return isForeign;
    }

    static bool IsForeign(byte[] bytes) => !Utf8.IsValid(bytes) && !Array.Exists(OtherEncodings, mark => bytes.AsSpan().StartsWith(mark));

    static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was evaluated, or never read: there is nothing to compare with.
            return [];
        }
    }
}
