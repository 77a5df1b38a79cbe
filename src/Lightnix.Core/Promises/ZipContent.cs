using Lightnix.Archives;
using Lightnix.Contracts;

namespace Lightnix.Promises;

/// <summary>A zip archive: each entry is where the directory says, in a compression that .NET knows, and its bytes have their checksum.
/// Nothing is unpacked.</summary>
internal static class ZipContent
{
    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        try
        {
            using var zip = result.Open(file);
            using var archive = new ZipMembers(zip);
            var buffer = new byte[128 * 1024];
            for (var i = 0; i < archive.All.Length; i++)
            {
                using var content = archive.Open(i);
                while (content.Read(buffer) > 0)
                {
                }
            }
            return [];
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or NameException)
        {
            return [$"{promise.Path} is not a sound zip archive: {Quoted.Reason(e.Message)}"];
        }
    }
}
