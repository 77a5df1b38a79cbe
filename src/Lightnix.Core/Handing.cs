using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix;

/// <summary>What a project says of its stages to one that references it.</summary>
static class Handing
{
    public static HandedStage Of(PlannedStage stage, PipelineRequest request) => new()
    {
        Project = request.Options.ProjectFile,
        Name = stage.Name,
        DeclaredName = stage.DeclaredName,
        Axes = stage.Axes,
        Promises = [.. stage.Promises.Select(p => new HandedPromise(p.Path, PromiseTable.MayBeFolder(p))).Distinct()],
        Plural = stage.Matcher.IsPlural,
        Store = request.Store,
        Derivation = stage.Reference,
        Matcher = Digest.Of(CanonicalJson.ToBytes(stage.Matcher.ToJson())),
    };

    /// <summary>What is known before anything is compiled: no derivation.</summary>
    public static HandedStage Declared(PlannedStage stage, PipelineRequest request) => Of(stage, request) with { Derivation = null, Matcher = null };
}
