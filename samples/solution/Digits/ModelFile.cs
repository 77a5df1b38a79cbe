using System.IO.Compression;
using Microsoft.ML;

namespace Digits;

/// <summary>A saved model whose bytes depend on the model alone.</summary>
public static class ModelFile
{
    // A zip archive notes the time of each entry, and ML.NET takes the clock's: all get the same one here.
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Save(MLContext ml, ITransformer model, DataViewSchema schema, string path)
    {
        using var saved = new MemoryStream();
        ml.Model.Save(model, schema, saved);

        using var source = new ZipArchive(saved, ZipArchiveMode.Read);
        using var target = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var entry in source.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            var copy = target.CreateEntry(entry.FullName);
            copy.LastWriteTime = Epoch;
            using var from = entry.Open();
            using var to = copy.Open();
            from.CopyTo(to);
        }
    }
}
