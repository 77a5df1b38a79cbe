using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Contracts;

public class ResultsInMemory : ResultsContract
{
    readonly MemoryResults _results = new();

    protected override ITraces Traces => _results;

    protected override ITrees Trees => _results;

    protected override ILease Lease => _results;

    protected override IVerdictMemory Verdicts => _results;

    protected override Tree Take(string content) => _results.Take([KeyValuePair.Create("out.txt", content)]);

    protected override void Add(Run run)
    {
        _results.Derivations[Samples.Derivation().Reference()] = Samples.Derivation();
        _results.Add(run, Samples.Resolved());
    }
}
