using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Contracts;

public sealed class ResultsOfAStore : ResultsContract, IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly StoredResults _results;

    public ResultsOfAStore()
    {
        _store = Store.Open(_temp["store"]);
        _results = new(_store, Root.None("/p.lnproj"));
    }

    protected override ITraces Traces => _results;

    protected override ITrees Trees => _results;

    protected override ILease Lease => _results;

    protected override IVerdictMemory Verdicts => _results;

    protected override Tree Take(string content)
    {
        using var workspace = _store.NewWorkspace();
        File.WriteAllText(Path.Combine(workspace.Out, "out.txt"), content);
        return _store.Trees.Take(workspace.Out);
    }

    protected override void Add(Run run)
    {
        _store.Records.Add(Samples.Derivation());
        _store.Records.Add(Samples.Resolved());
        _store.Records.Add(run);
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }
}
