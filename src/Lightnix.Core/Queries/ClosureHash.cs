using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Queries;

/// <summary>The key under which CI keeps the store: derivations, promises and matchers of a project and those it references.</summary>
/// <param name="Exported">What projects that reference this one are given.</param>
public sealed record ClosureHash(Digest Digest, ImmutableArray<ReferencedStage> Exported)
{
    internal static ClosureHash Of(ProjectRequest request, Plan plan)
    {
        var own = Exports.Of(plan, request).ToImmutableArray();
        // The store of this build also keeps what referenced projects choose.
        var all = own.Concat(request.Project.ReferencedStages).Concat(request.Lineage)
            .Select(h => (Derivation: h.Derivation!, Rules: h.Rules!)).Distinct().OrderBy(h => h.Derivation).ThenBy(h => h.Rules)
            .Select(h => JsonValue.Object.Empty.With("derivation", h.Derivation.ToString()).With("rules", h.Rules.ToString()));
        return new(Digest.Of(CanonicalJson.ToBytes(new JsonValue.Array([.. all]))), ReferencedOutcomes.Export(own, plan, request.Lineage));
    }
}
