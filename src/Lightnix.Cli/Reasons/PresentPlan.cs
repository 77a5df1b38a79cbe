using Lightnix.Explaining;
using Lightnix.Running;

namespace Lightnix.Cli;

/// <summary>What a build of the project would do now, as MSBuild evaluates it: <c>dotnet build -t:LightnixPlan</c>.</summary>
static class PresentPlan
{
    /// <summary>Null where the project cannot be evaluated or has mistakes; MSBuild has reported them on standard error.</summary>
    /// <param name="stages">Names or patterns; empty: all.</param>
    public static ImmutableArray<StageReason>? Ask(string project, string store, string stages) =>
        Items(project, store, stages) is { } planned ? PlanReading.Of(planned) : null;

    /// <summary>The next run of one stage; null also where several stages are meant.</summary>
    public static PlannedRun? AskRun(string project, string store, string stage) => Items(project, store, stage)?
        .FirstOrDefault(i => string.Equals(i.Text("Identity"), stage, StringComparison.OrdinalIgnoreCase)) is not { } planned ? null
        : new(StageReason.Parse(planned.Text("Plan")), planned.OptionalText("Sandbox") != "None")
        {
            Run = planned.OptionalText("Run") is { Length: > 0 } run ? PresentRun.Parse(run) : null,
        };

    static ImmutableArray<JsonValue.Object>? Items(string project, string store, string stages)
    {
        if (!File.Exists(project))
            return null;
        string[] words =
        [
            project, "-v:q", "-t:LightnixPlan", DotnetBuild.Property("Stages", stages), DotnetBuild.Property("Store", store),
        ];
        return BuiltItems.Ask(words, PlanReading.Item);
    }
}
