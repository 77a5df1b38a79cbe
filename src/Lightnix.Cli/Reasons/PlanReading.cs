using Lightnix.Explaining;

namespace Lightnix.Cli;

/// <summary>Reads what <c>dotnet build -t:LightnixPlan -getItem:LightnixPlannedStage</c> writes.</summary>
static class PlanReading
{
    public const string Item = "LightnixPlannedStage";

    /// <summary>The planned stages; null where the text has none.</summary>
    public static ImmutableArray<StageReason>? Read(string file)
    {
        try
        {
            return BuiltItems.Read(file, Item) is { } planned ? Of(planned) : null;
        }
        catch (FormatException e)
        {
            throw new MistakeException($"the plan in '{file}' cannot be read: {e.Message}");
        }
        catch (FileNotFoundException)
        {
            throw new MistakeException($"there is no plan '{file}': 'dotnet build -t:LightnixPlan -getItem:{Item}' writes one");
        }
    }

    /// <summary>What items say that a plan made.</summary>
    public static ImmutableArray<StageReason> Of(ImmutableArray<JsonValue.Object> planned) =>
        [.. planned.Select(i => StageReason.Parse(i.Text("Plan")))];
}
