using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Queries;

/// <summary>What a project exports of its stages to projects that reference it.</summary>
static class Exports
{
    /// <param name="project">The project file, absolute.</param>
    /// <param name="store">Absolute.</param>
    public static ReferencedStage Of(PlannedStage stage, string project, string store) => new()
    {
        Project = project,
        Name = stage.Name,
        DeclaredName = stage.DeclaredName,
        Axes = stage.Axes,
        Parameters = stage.Derivation.Parameters,
        Promises = [.. stage.Promises.Select(ReferencedPromise.Of).Distinct()],
        Matcher = stage.Matcher,
        IsIntermediate = stage.Execution.IsIntermediate,
        Store = store,
        Derivation = stage.Reference,
        Rules = Digest.Of(CanonicalJson.ToBytes(JsonValue.Object.Empty
            .With("matcher", stage.Matcher.ToJson())
            .WithFlag("skipsFailed", stage.Execution.SkipsFailed)
            .With("promises", JsonValue.Texts(PromiseKey.Of(stage.Promises).Distinct().Select(k => k.ToString()))))),
    };

    public static IEnumerable<ReferencedStage> Of(Plan plan, ProjectRequest request) =>
        plan.Stages.Select(s => Of(s, request.Options.ProjectFile, request.Store));

    /// <summary>What is known before programs are compiled: no derivations.</summary>
    public static ImmutableArray<ReferencedStage> Declared(Plan plan, ProjectRequest request) =>
        [.. Of(plan, request).Select(s => s with { Derivation = null, Rules = null })];
}
