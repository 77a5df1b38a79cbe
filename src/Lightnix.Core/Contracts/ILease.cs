namespace Lightnix.Contracts;

/// <summary>Keeps what a build relies on from garbage collection, as long as the build lives. Always of the local store.</summary>
public interface ILease
{
    /// <summary>Keeps a tree; false where it is not there.</summary>
    bool Keep(Reference<Tree> tree);

    /// <summary>Keeps all that is known of a resolved derivation, and its record.</summary>
    void Keep(Resolved resolved, Reference<Resolved> reference);
}
