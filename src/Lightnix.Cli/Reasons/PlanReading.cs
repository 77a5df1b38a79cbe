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
            return JsonReader.TryParse(File.ReadAllBytes(file), out var json, out _) && json is JsonValue.Object root
                && root.Find("Items") is JsonValue.Object items && items.Find(Item) is JsonValue.Array planned
                ? [.. planned.Items.OfType<JsonValue.Object>().Select(i => StageReason.Parse(i.Text("Plan")))]
                : null;
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
}
