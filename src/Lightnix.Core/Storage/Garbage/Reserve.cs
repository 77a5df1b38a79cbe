namespace Lightnix.Storage;

/// <summary>A few small files of a store that only take room. Garbage collection makes some files before it deletes any, which it could not
/// on a full disk: it deletes these files first, and makes them again at its end.</summary>
sealed class Reserve(StoreLayout layout, Disk disk)
{
    // Locks of the care, of the gate and of the session, the session's folder, and one to spare.
    const int Count = 6;

    // Folders need blocks too.
    const int Size = 64 * 1024;

    /// <summary>Makes what is missing, as far as there is room.</summary>
    public void Fill()
    {
        try
        {
            disk.MakeFolder(layout.Reserve);
            // A file system may make a hole of zeros.
            var bytes = new byte[Size];
            Random.Shared.NextBytes(bytes);
            foreach (var (file, i) in Names.Select((f, i) => (f, i)).Where(f => !File.Exists(f.f)))
                disk.Write(file, i == 0 ? bytes : []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk has no reserve, and a store that may only be read needs none.
        }
    }

    /// <summary>Makes them where there are none: in a new store, and in one that an earlier version made.</summary>
    public void FillOnce()
    {
        if (!File.Exists(Names.First()))
            Fill();
    }

    /// <summary>Makes room for as many files as there are here.</summary>
    public void Free()
    {
        foreach (var file in Names)
        {
            try
            {
                disk.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // There is none, or it is another user's.
            }
        }
    }

    IEnumerable<string> Names => Enumerable.Range(1, Count).Select(i => Path.Combine(layout.Reserve, FormattableString.Invariant($"{i}")));
}
