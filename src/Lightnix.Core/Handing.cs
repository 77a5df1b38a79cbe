using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix;

/// <summary>What a project says of its stages to one that references it.</summary>
static class Handing
{
    /// <param name="project">The project file, absolute.</param>
    /// <param name="store">Absolute.</param>
    public static ReferencedStage Of(PlannedStage stage, string project, string store) => new()
    {
        Project = project,
        Name = stage.Name,
        DeclaredName = stage.DeclaredName,
        Axes = stage.Axes,
        Promises = [.. stage.Promises.Select(p => new ReferencedPromise(p.Path, PromiseTable.MayBeFolder(p))).Distinct()],
        Matcher = stage.Matcher,
        Store = store,
        Derivation = stage.Reference,
        Rules = Digest.Of(CanonicalJson.ToBytes(JsonValue.Object.Empty
            .With("matcher", stage.Matcher.ToJson())
            .With("promises", JsonValue.Texts(stage.Promises.Select(PromiseKey.Of).Distinct().Order().Select(k => k.ToString()))))),
    };

    /// <summary>What is known before anything is compiled: no derivation.</summary>
    public static ReferencedStage Declared(PlannedStage stage, string project, string store) => Of(stage, project, store) with { Derivation = null, Rules = null };
}
