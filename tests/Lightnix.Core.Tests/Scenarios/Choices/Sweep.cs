using Lightnix.Model;

namespace Lightnix.Scenarios;

/// <summary>The items of a project whose choice <c>model</c> takes the best cell of <c>train</c>.</summary>
static class Sweep
{
    public const string Best = """
        <Stage Include="model" From="train" />
        <Matcher Include="model" Select="Best" Metric="accuracy.txt" />
        """;

    public const string Median = """
        <Stage Include="model" From="train" />
        <Matcher Include="model" Select="Median" Metric="accuracy.txt" />
        """;

    const string Train = "echo @{params.rate} > @{out}/accuracy.txt; echo weights > @{out}/model.bin";

    /// <summary>Each cell writes its rate as its accuracy.</summary>
    /// <param name="rates">As <c>0.1,0.3</c>.</param>
    /// <param name="more">Items beside, and metadata that replace those of the choice.</param>
    public static string Of(string rates, string choice = Best, string train = Train, string more = "") => $"""
        <Stage Include="train" Matrix="rate={rates}" Command="{train}" />
        <Promise Include="accuracy.txt" Stage="train" Type="Number" /><Promise Include="model.bin" Stage="train" />
        {choice}{more}
        """;

    /// <summary>What the last build chose for a stage.</summary>
    public static Selection Selection(this Site site, string stage = "model")
    {
        using var store = site.Open();
        return store.Roots.Read(site.ProjectFile).Stages[stage];
    }

    /// <summary>The stage that won.</summary>
    public static string Winner(this Site site, string stage = "model") => site.Selection(stage).Results[0].Winner!.Stage.ToString();

    /// <summary>Codes of warnings and errors, each with its severity.</summary>
    public static IEnumerable<string> Codes(this Site.Built built) => built.Events.OfType<Running.BuildEvent.Diagnosed>()
        .Select(d => $"{d.Diagnostic.Severity} {d.Diagnostic.Code}").Distinct().Order(StringComparer.Ordinal);
}
