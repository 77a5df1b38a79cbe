using Lightnix.Explaining;

namespace Lightnix.Cli;

/// <summary>What a build of the project would do now, as MSBuild evaluates it: <c>dotnet build -t:LightnixPlan</c>.</summary>
static class PresentPlan
{
    /// <summary>Null where the project cannot be evaluated or has mistakes; MSBuild has reported them on standard error.</summary>
    /// <param name="stages">Names or patterns; empty: all.</param>
    public static ImmutableArray<StageReason>? Ask(string project, string store, string stages)
    {
        if (!File.Exists(project))
            return null;
        string[] words =
        [
            project, "-v:q", "-t:LightnixPlan", DotnetBuild.Property("Stages", stages), DotnetBuild.Property("Store", store),
        ];
        return BuiltItems.Ask(words, PlanReading.Item) is { } planned ? PlanReading.Of(planned) : null;
    }
}
