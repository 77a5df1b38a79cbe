using System.IO.Compression;
using Lightnix.Model;

namespace Lightnix.Promises;

/// <summary>A zip archive: its directory can be read, and each entry is where the directory says, whole, in a compression that .NET knows. Nothing is unpacked.</summary>
internal static class ZipContent
{
    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        var at = "";
        try
        {
            using var archive = new ZipArchive(result.Open(file), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                at = $" (entry \"{Quoted.Text(entry.FullName)}\")";
                // Opening compares the entry's own header with the directory.
                entry.Open().Dispose();
            }
            return [];
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            return [$"{promise.Path} is not a sound zip archive{at}: {Quoted.Reason(e.Message)}"];
        }
    }
}
