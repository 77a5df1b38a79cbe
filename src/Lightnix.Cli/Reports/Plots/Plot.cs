namespace Lightnix.Cli;

/// <summary>A plot of the page.</summary>
/// <param name="Caption">What it shows, and which table has its numbers.</param>
/// <param name="Spec">Of Vega-Lite. Numbers of data are texts, which Vega-Lite reads.</param>
sealed record Plot(string Id, string Caption, JsonValue.Object Spec)
{
    public static Html Figure(Plot plot) => Html.Of($"""
        <figure><figcaption>{plot.Caption}</figcaption><div class="plot" id="{plot.Id}"></div>
        {PageData.Of(plot.Id + "-data", plot.Spec)}</figure>

        """);
}
