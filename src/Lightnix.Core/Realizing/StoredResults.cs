using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Realizing;

/// <summary>The traces of a store.</summary>
public sealed class StoredResults(Store store) : IResults
{
    public History History(Reference<Resolved> resolved) => store.Records.History(resolved);

    public bool Contains(Reference<Tree> tree) => store.Trees.Contains(tree);

    public Tree? Find(Reference<Tree> tree) => store.Trees.Find(tree);

    public IResultFiles Open(Tree tree) => store.Trees.Open(tree);

    public ImmutableArray<string>? Remembered(Reference<Tree> tree, Digest promise) => store.Verdicts.Find(tree, promise);

    public void Remember(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken) => store.Verdicts.Add(tree, promise, broken);

    public Derivation? Find(Reference<Derivation> derivation) => store.Records.Find(derivation);

    public Resolved? Find(Reference<Resolved> resolved) => store.Records.Find(resolved);

    public Realization? FindRealization(string prefix) => store.Records.FindRealization(prefix);
}
