using Lightnix.Builds;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Removes trees of intermediate stages when MSBuild ends the build: until then, other projects may read them.</summary>
sealed class EvictionAtEnd(string store) : IDisposable
{
    // Tasks of one node may register at once.
    static readonly Lock Registering = new();
    readonly Lock _lock = new();
    ImmutableHashSet<Reference<Tree>> _trees = [];

    public static void Add(IBuildEngine engine, string store, ImmutableArray<Reference<Tree>> trees)
    {
        if (trees.IsEmpty || engine is not IBuildEngine4 objects)
            return;
        var key = $"{nameof(EvictionAtEnd)} {store}";
        EvictionAtEnd? eviction;
        lock (Registering)
        {
            eviction = objects.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) as EvictionAtEnd;
            if (eviction is null)
                objects.RegisterTaskObject(key, eviction = new(store), RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }
        lock (eviction._lock)
            eviction._trees = eviction._trees.Union(trees);
    }

    public void Dispose() => ProjectBuilds.Evict(store, [.. _trees]);
}
