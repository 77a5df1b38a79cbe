using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Storage;

/// <summary>The private folder of one run: working folder with <c>in</c> and <c>out</c>, home and temporary folder inside, and the log beside it. Deleted when disposed, unless kept.</summary>
public sealed class Workspace : IDisposable
{
    /// <summary>The working folder, absolute.</summary>
    public string Folder => throw new NotImplementedException();

    /// <summary>The output folder, absolute.</summary>
    public string Out => throw new NotImplementedException();

    /// <summary>Absolute; outside the working folder.</summary>
    public string LogFile => throw new NotImplementedException();

    /// <summary>Places a source.</summary>
    /// <exception cref="StoreException">LNX2006: it is no longer what was hashed.</exception>
    public void Place(SourceFile source) => throw new NotImplementedException();

    /// <summary>Places content below <c>in/</c>, read-only, as ordinary files and folders; never hard links into the store.</summary>
    /// <param name="from">Its path in <paramref name="tree"/>.</param>
    /// <param name="at">Its path below <c>in/</c>.</param>
    public void Place(Tree tree, string treeFolder, RelativePath from, RelativePath at) => throw new NotImplementedException();

    /// <summary>Writes a file of Lightnix's own (the context) below the working folder.</summary>
    public void Write(RelativePath path, ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Empties the output folder and the log for another attempt.</summary>
    public void Reset() => throw new NotImplementedException();

    /// <summary>The last lines of the log.</summary>
    public string LogTail(int lines) => throw new NotImplementedException();

    /// <summary>Leaves the folder in place after disposal, for people to look at.</summary>
    public void Keep() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
