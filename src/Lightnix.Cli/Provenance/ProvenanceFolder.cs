using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Writes a folder that appears whole or not at all.</summary>
static class ProvenanceFolder
{
    /// <param name="folder">Absolute; empty or missing.</param>
    /// <exception cref="StoreException">LNX3001: a file of the store is not what it was.</exception>
    public static void Write(string folder, ImmutableArray<ProvenanceFile> files)
    {
        var above = Path.GetDirectoryName(folder) ?? throw new MistakeException($"'{folder}' has no folder above it");
        Directory.CreateDirectory(above);
        var draft = Path.Combine(above, $".{Path.GetFileName(folder)}.{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(draft);
            foreach (var file in files)
                Write(file, file.Path.Under(draft));
            if (Directory.Exists(folder))
                Directory.Delete(folder);
            Directory.Move(draft, folder);
        }
        catch (Exception)
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
            throw;
        }
    }

    static void Write(ProvenanceFile file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (file)
        {
            case ProvenanceFile.Made made:
                File.WriteAllText(path, made.Text);
                break;
            case ProvenanceFile.Stored stored:
                using (var from = File.OpenRead(stored.From))
                using (var to = File.Create(path))
                    from.CopyTo(to);
                using (var copy = File.OpenRead(path))
                {
                    if (Digest.Of(copy) != stored.Content)
                        throw StorageErrors.Damaged(stored.From, "was changed", "see lightnix verify");
                }
                break;
        }
    }
}
