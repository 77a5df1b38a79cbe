namespace Lightnix.Contracts;

/// <summary>Remembers verdicts that took long to find.</summary>
public interface IVerdictMemory
{
    /// <summary>Why the tree breaks the promise with this key (empty: it keeps it); null where the verdict is not remembered.</summary>
    ImmutableArray<string>? Remembered(Reference<Tree> tree, Digest promise);

    void Remember(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken);
}
