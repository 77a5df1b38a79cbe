using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Derivations, resolved derivations, realizations, runs, failures, rejections and logs: added, never edited.</summary>
public sealed class RecordStore
{
    public void Add(Derivation derivation) => throw new NotImplementedException();

    public void Add(Resolved resolved) => throw new NotImplementedException();

    public Derivation? Find(Reference<Derivation> derivation) => throw new NotImplementedException();

    public Resolved? Find(Reference<Resolved> resolved) => throw new NotImplementedException();

    /// <summary>All that is known of a resolved derivation. Safe beside other processes that add to it.</summary>
    public History History(Reference<Resolved> resolved) => throw new NotImplementedException();

    /// <summary>Adds a completed run and its realization. What it refers to (tree, log, derivation, resolved) must be there already, and is synced before.</summary>
    public void Add(Run run) => throw new NotImplementedException();

    public void Add(Failure failure) => throw new NotImplementedException();

    public void Add(Rejection rejection) => throw new NotImplementedException();

    /// <summary>Takes a builder's log; null where the file is empty or absent.</summary>
    public Reference<Log>? TakeLog(string file) => throw new NotImplementedException();

    /// <summary>The absolute path of a log.</summary>
    public string FileOf(Reference<Log> log) => throw new NotImplementedException();
}
