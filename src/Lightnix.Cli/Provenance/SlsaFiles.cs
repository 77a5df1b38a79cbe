using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>SLSA provenance v1 for each run that took place: in-toto Statements v1, each in a DSSE envelope.</summary>
/// <remarks>https://slsa.dev/spec/v1.0/provenance, https://github.com/in-toto/attestation/tree/main/spec/v1,
/// https://github.com/secure-systems-lab/dsse/blob/master/envelope.md</remarks>
sealed class SlsaFiles(Trace trace, Store store)
{
    const string StatementType = "https://in-toto.io/Statement/v1", PredicateType = "https://slsa.dev/provenance/v1",
        PayloadType = "application/vnd.in-toto+json", BuildType = "urn:lightnix:derivation:1", TreeDigest = "lightnixTree1";

    /// <summary>In the order of the trace.</summary>
    public ImmutableArray<ProvenanceFile> All() =>
    [
        .. trace.Known.Select(r => (ProvenanceFile)File(r, r.Run!, r.Derivation!)),
    ];

    ProvenanceFile.Made File(TracedResult result, Run run, Derivation derivation) => new(
        RelativePath.OfSegments([$"{derivation.Name}-{run.Reference().Short}.intoto.json"]),
        IndentedJson.ToText(Envelope(Statement(result, run, derivation))));

    // Nothing is signed yet.
    static JsonValue.Object Envelope(JsonValue.Object statement) => JsonValue.Object.Empty
        .With("payloadType", PayloadType)
        .With("payload", Convert.ToBase64String(CanonicalJson.ToBytes(statement)))
        .With("signatures", JsonValue.Texts([]));

    JsonValue.Object Statement(TracedResult result, Run run, Derivation derivation) => JsonValue.Object.Empty
        .With("_type", StatementType)
        .With("subject", new JsonValue.Array([.. Subjects(run, derivation)]))
        .With("predicateType", PredicateType)
        .With("predicate", JsonValue.Object.Empty
            .With("buildDefinition", Definition(result, run, derivation))
            .With("runDetails", Details(run)));

    // The files, and the tree as a whole, which also covers links and empty folders.
    IEnumerable<JsonValue> Subjects(Run run, Derivation derivation)
    {
        var files = store.Trees.Find(run.Tree)?.Entries.OfType<TreeEntry.File>() ?? [];
        return files.Select(f => (JsonValue)Resource(f.Path.ToString(), "sha256", f.Content))
            .Append(OfTree(derivation.Name.ToString(), run.Tree));
    }

    JsonValue.Object Definition(TracedResult result, Run run, Derivation derivation)
    {
        var facts = run.Facts;
        return JsonValue.Object.Empty
            .With("buildType", BuildType)
            .With("externalParameters", derivation.ToJson())
            .With("internalParameters", JsonValue.Object.Empty
                .With("derivation", facts.Derivation.ToString()).With("resolved", facts.Resolved.ToString())
                .With("replicate", facts.Replicate).With("attempt", facts.Attempt)
                .WithOptional("seed", facts.Seed?.ToString(CultureInfo.InvariantCulture))
                .With("sandbox", facts.Sandbox)
                .WithOptional("tools", facts.Tools).WithOptional("programs", facts.Programs).WithOptional("limits", facts.Limits)
                .WithOptional("passedEnvironment", JsonValue.Texts(facts.Passed).Items)
                .WithOptional("adopted", Adoption(result.AdoptedBy)))
            .WithOptional("resolvedDependencies", Dependencies(result, facts, derivation));
    }

    // For which stage the result counts, beside the one that made it.
    static JsonValue.Object? Adoption(Run? adopting) => adopting?.Adopted is not { } adopted ? null : JsonValue.Object.Empty
        .With("by", adopting.Facts.Derivation.ToString()).With("resolved", adopting.Facts.Resolved.ToString())
        .With("from", adopted.From.ToString()).With("reason", adopted.Reason).With("who", adopted.Who)
        .With("when", Output.Utc(adopted.When));

    IEnumerable<JsonValue> Dependencies(TracedResult result, RunFacts facts, Derivation derivation)
    {
        foreach (var source in derivation.Sources)
            yield return Resource(source.Path.ToString(), "sha256", source.Content);
        foreach (var input in result.Inputs)
        {
            if (trace.Find(input.Realization) is { } read)
                yield return OfTree($"in/{input.At}", read.Realization.Tree);
        }
        if (derivation.Builder is Builder.Program program)
            yield return OfTree("program", program.Output);
        if (derivation.Builder is Builder.Download download)
            yield return Resource(download.FileName, "sha256", download.Sha256).WithOptional("uri", facts.Url);
        if (facts.Revision is { } revision)
            yield return Resource("working tree", "gitCommit", revision)
                .With("annotations", JsonValue.Object.Empty.With("dirty", facts.Dirty is { } dirty ? new JsonValue.Boolean(dirty)
                    : new JsonValue.Null()));
    }

    static JsonValue.Object Details(Run run)
    {
        var (facts, host) = (run.Facts, run.Facts.Host);
        var details = JsonValue.Object.Empty
            .With("builder", JsonValue.Object.Empty
                .With("id", $"urn:lightnix:host:{Uri.EscapeDataString(host.Name)}")
                .With("version", JsonValue.Object.Empty.With("lightnix", host.Lightnix).With("system", host.System)
                    .With("platform", host.Platform)))
            .With("metadata", JsonValue.Object.Empty
                .With("invocationId", run.Reference().ToString())
                .With("startedOn", Output.Utc(facts.Start)).With("finishedOn", Output.Utc(facts.End)));
        return facts.Log is { } log
            ? details.With("byproducts", new JsonValue.Array([Resource("log", "sha256", log.Digest)]))
            : details;
    }

    // No other tool hashes a folder in this way, so the digest has a name of its own.
    static JsonValue.Object OfTree(string name, Reference<Tree> tree) => Resource(name, TreeDigest, tree.Digest);

    static JsonValue.Object Resource(string name, string algorithm, Digest digest) => Resource(name, algorithm, digest.ToString());

    static JsonValue.Object Resource(string name, string algorithm, string digest) =>
        JsonValue.Object.Empty.With("name", name).With("digest", JsonValue.Object.Empty.With(algorithm, digest));
}
