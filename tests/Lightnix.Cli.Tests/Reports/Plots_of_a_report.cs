using System.Text.Encodings.Web;
using System.Text.Json;
using Lightnix.Hashing;
using Lightnix.Planning;

namespace Lightnix.Cli;

/// <summary>Plots are specifications of Vega-Lite, which these files hold.</summary>
public sealed class Plots_of_a_report
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Show_replicates_with_mean_and_interval() =>
        Approve("strip", StripPlot.Of(InventedRuns.Group("train", ("rate=0.1", [0.9, 0.92, 0.94]), ("rate=0.01", [0.8])), "score"));

    [Fact]
    public void Show_a_metric_against_a_parameter_with_a_line_for_each_value_of_another()
    {
        var group = InventedRuns.Group(
            "train",
            ("rate=0.1;kind=a", [0.9, 0.94]), ("rate=0.001;kind=a", [0.8]), ("rate=0.1;kind=b", [0.7]), ("rate=0.001;kind=b", [0.5]));

        Approve("parameter", ParameterPlot.Of(group, "score", "rate")!);
        Approve("words", ParameterPlot.Of(group, "score", "kind")!);
        Assert.Equal(["runs-1-strip-1", "runs-1-by-1-1", "runs-1-by-1-2"], group.Plots.Select(p => p.Id));
    }

    [Fact]
    public void Show_the_values_of_one_more_parameter_as_shades_where_they_are_many()
    {
        var grid = from rate in Enumerable.Range(1, 9)
                   from depth in Enumerable.Range(1, 9)
                   select ($"rate={rate};depth={depth}", new[] { 0.5 });

        var spec = CanonicalJson.ToText(ParameterPlot.Of(InventedRuns.Group("train", [.. grid]), "score", "rate")!.Spec);

        Assert.Contains("\"color\":{\"field\":\"series\",\"legend\":{\"type\":\"gradient\"}", spec, StringComparison.Ordinal);
        Assert.DoesNotContain("\"line\"", spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_how_long_runs_took() => Approve("durations", DurationPlot.Of([InventedRuns.Group("train", ("", [1, 2]))]));

    [Fact]
    public void Are_of_the_newest_configurations_where_there_are_many()
    {
        var many = Enumerable.Range(1, 300).Select(i => ($"rate={i}", new[] { i * 0.1, i * 0.2 })).ToArray();

        var plot = StripPlot.Of(InventedRuns.Group("train", many), "score");

        Assert.Contains("The newest 40 of 300 configurations", plot.Caption, StringComparison.Ordinal);
        Assert.Equal(80, CanonicalJson.ToText(plot.Spec).Split("\"replicate\":").Length - 1);
    }

    [Fact]
    public void Have_no_line_where_configurations_differ_in_more_than_the_parameter()
    {
        var group = InventedRuns.Group("train", ("rate=1", [0.1]), ("rate=2", [0.2]), ("rate=2", [0.3]));

        Assert.DoesNotContain("\"line\"", CanonicalJson.ToText(ParameterPlot.Of(group, "score", "rate")!.Spec), StringComparison.Ordinal);
        Assert.Equal(3, group.Rows.Select(group.LabelOf).Distinct().Count());
        Assert.Empty(InventedRuns.Group("train", ("rate=1", [0.1])).Plots);
    }

    static void Approve(string name, Plot plot)
    {
        var spec = JsonDocument.Parse(CanonicalJson.ToText(plot.Spec)).RootElement;
        Approved.Equal($"../Lightnix.Cli.Tests/Reports/approved/{name}.json",
            $"{JsonSerializer.Serialize(new { plot.Id, plot.Caption, Spec = spec }, Indented)}\n");
    }
}
