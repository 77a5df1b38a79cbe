using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Storage;

/// <summary>Reads sources, imports and programs of the working tree, with a cache of digests that trusts nothing but unchanged inode data.</summary>
public sealed class WorkingTree : IContents, IDisposable
{
    /// <param name="cacheFile">Where digests are remembered (below <c>obj</c>); it may be deleted at any time.</param>
    /// <param name="programs">By the text of <c>Program</c> as declared: output folder and entry file name.</param>
    public WorkingTree(string cacheFile, IReadOnlyDictionary<string, (string Folder, string Entry)> programs) => throw new NotImplementedException();

    public FileContent? File(string path) => throw new NotImplementedException();

    public Tree? Import(string path) => throw new NotImplementedException();

    public ProgramOutput? Program(string declared) => throw new NotImplementedException();

    public bool Exists(string path) => throw new NotImplementedException();

    /// <summary>Writes the cache when something was added.</summary>
    public void Dispose() => throw new NotImplementedException();
}
