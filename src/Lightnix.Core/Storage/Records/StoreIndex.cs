using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Lightnix.Storage;

/// <summary>Finds entries of a store by the beginning of their references.</summary>
public sealed class StoreIndex(Store store)
{
    readonly StoreLayout _layout = new(store.Folder);

    /// <summary>Fewer characters would find too much.</summary>
    public const int ShortestPrefix = 4;

    /// <summary>Everything whose reference begins so, sorted.</summary>
    public ImmutableArray<Found> Find(string prefix)
    {
        if (prefix.Length < ShortestPrefix || !prefix.All(char.IsAsciiHexDigit))
            return [];
        var found = new List<Found>();
        void Look(FoundKind kind, string folder, string before, string after, Reference<Resolved>? inside)
        {
            foreach (var name in Files.Names(folder).Where(n => n.StartsWith(before + prefix, StringComparison.OrdinalIgnoreCase)))
            {
                if (StoreLayout.DigestIn(name, before, after) is { } digest)
                    found.Add(new(kind, digest, inside));
            }
        }
        Look(FoundKind.Derivation, _layout.Derivations, "", StoreLayout.RecordSuffix, null);
        Look(FoundKind.Resolved, _layout.ResolvedFolders, "", "", null);
        Look(FoundKind.Tree, _layout.Listings, "", "", null);
        Look(FoundKind.Log, Path.Combine(_layout.Logs, prefix[..2].ToLowerInvariant()), "", "", null);
        foreach (var resolved in All())
        {
            Look(FoundKind.Realization, _layout.FolderOf(resolved), StoreLayout.RealizationPrefix, StoreLayout.RecordSuffix, resolved);
            Look(FoundKind.Run, _layout.FolderOf(resolved), StoreLayout.RunPrefix, StoreLayout.RecordSuffix, resolved);
            Look(FoundKind.Run, _layout.FolderOf(resolved), StoreLayout.AdoptionPrefix, StoreLayout.RecordSuffix, resolved);
            Look(FoundKind.Failure, _layout.FolderOf(resolved), StoreLayout.FailurePrefix, StoreLayout.RecordSuffix, resolved);
        }
        return [.. found.OrderBy(f => f.Digest).ThenBy(f => f.Kind)];
    }

    /// <summary>Every resolved derivation of which something is known, sorted.</summary>
    public ImmutableArray<Reference<Resolved>> All() =>
        [.. Files.Names(_layout.ResolvedFolders)
            .Select(n => Reference<Resolved>.TryParse(n, out var r) ? r : null).OfType<Reference<Resolved>>().Order()];

    /// <summary>Every run.</summary>
    public IEnumerable<Run> Runs() => Map(r => store.Records.History(r).Runs).SelectMany(r => r);

    /// <summary>What is read of each resolved derivation, in their order; several are read at once.</summary>
    public ImmutableArray<T> Map<T>(Func<Reference<Resolved>, T> read)
    {
        var all = All();
        var found = new T[all.Length];
        try
        {
            Parallel.For(0, all.Length, i => found[i] = read(all[i]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(found);
    }

    /// <summary>Every realization, with its resolved derivation. Names are read, and no record.</summary>
    public ImmutableDictionary<Reference<Realization>, Reference<Resolved>> Realizations()
    {
        var all = ImmutableDictionary.CreateBuilder<Reference<Realization>, Reference<Resolved>>();
        foreach (var resolved in All())
        {
            foreach (var name in Files.Names(_layout.FolderOf(resolved)))
            {
                if (StoreLayout.DigestIn(name, StoreLayout.RealizationPrefix, StoreLayout.RecordSuffix) is { } digest)
                    all[new(digest)] = resolved;
            }
        }
        return all.ToImmutable();
    }
}
