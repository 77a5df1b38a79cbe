using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>What the last build of one project chose: the root in the store, which keeps it. For a read-only store, the same record is
/// below <c>obj</c>, where it keeps nothing.</summary>
/// <param name="intermediateFolder">Of the project; absolute.</param>
/// <param name="project">The project file, absolute.</param>
public sealed class ProjectRoot(Store store, string intermediateFolder, string project)
{
    // The ending of no project, see LinkMemory.
    readonly string? _own = store.IsReadOnly ? Path.Combine(intermediateFolder, $"root of {Path.GetFileName(project)}.json") : null;

    /// <inheritdoc cref="RootStore.Read(string,out string?)"/>
    public Root Read(out string? problem)
    {
        problem = null;
        return ReadOwn() ?? store.Roots.Read(project, out problem);
    }

    /// <inheritdoc cref="RootStore.ChangeAsync"/>
    /// <returns>False where nothing in the store keeps what the root names. Then no build is remembered either.</returns>
    public async Task<bool> ChangeAsync(
        Root seen, Func<Root, Root> change, Func<Root, Root, ValueTask<PastBuild>> build, LockStore locks,
        CancellationToken cancellationToken)
    {
        if (_own is null)
        {
            await store.Roots.ChangeAsync(seen, change, build, locks, cancellationToken).ConfigureAwait(false);
            return true;
        }
        var bytes = change(seen).ToBytes();
        if (ReadOwn()?.ToBytes().AsSpan().SequenceEqual(bytes) != true)
            Files.Replace(_own, bytes);
        return store.Roots.Holds(seen, change);
    }

    // What cannot be read is written anew by the next build.
    Root? ReadOwn()
    {
        try
        {
            var root = _own is not null && Files.TryRead(_own) is { } bytes ? RecordBytes.Parse<Root>(bytes) : null;
            return root?.Project == project ? root : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
