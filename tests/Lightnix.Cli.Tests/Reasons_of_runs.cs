using System.Text.Json;

namespace Lightnix.Cli;

/// <summary>What <c>why</c> says of runs that are done, and of a plan.</summary>
[Trait("Speed", "Slow")]
public sealed class Reasons_of_runs : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Are_those_of_the_last_time_where_the_project_cannot_be_evaluated()
    {
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var (code, output, error) = _tool.Run("why", "model");

        Assert.Equal(0, code);
        Assert.Contains("cannot be evaluated now, so this is why it ran last time", error, StringComparison.Ordinal);
        var row = output.TrimEnd().Split('\t');
        Assert.Equal(["last", "cause", "model", "Command"], row[..4]);
        Assert.Contains("echo train", row[4], StringComparison.Ordinal);
        Assert.Contains("echo another recipe", row[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Are_JSON_with_both_values_and_the_lines_that_differ()
    {
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var last = Assert.Single(_tool.Json(0, "why", "model", "--last").GetProperty("last").EnumerateArray());

        var cause = Assert.Single(last.GetProperty("causes").EnumerateArray());
        Assert.Equal(("Command", "model"),
            (cause.GetProperty("field").GetString(), cause.GetProperty("stages")[0].GetString()));
        Assert.Contains("another recipe", cause.GetProperty("now").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("+echo another recipe", Lines(cause).Last(l => l.StartsWith('+')), StringComparison.Ordinal);
        Assert.Equal(5, last.GetProperty("runs").GetInt32());
        Assert.True(last.TryGetProperty("former", out _));
    }

    [Fact]
    public void Of_the_first_time_are_none()
    {
        var last = Assert.Single(_tool.Json(0, "why", "model", "--last").GetProperty("last").EnumerateArray());

        Assert.Empty(last.GetProperty("causes").EnumerateArray());
        Assert.False(last.TryGetProperty("former", out _));
        if (_tool.Terminal("why", "model", "--last") is { } text)
            Assert.Contains("it was the first time", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_plan_are_read_from_a_file()
    {
        var plan = Plan("""
            {"stage":"data","action":"Run","runs":1,"changes":[{"field":"parameter rate","before":"0.1","now":"0.05"}]}
            """, """{"stage":"model","action":"MayRun","runs":5,"waits":["data"],"former":"FORMER"}""");

        var why = _tool.Json(0, "why", "model", "--plan", plan);

        Assert.Equal("parameter rate was '0.1' and is '0.05'", Assert.Single(why.GetProperty("causes").EnumerateArray())
            .GetProperty("text").GetString());
        Assert.Equal(["model"], why.GetProperty("following").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(6, why.GetProperty("runs").GetInt32());
        Assert.False(why.TryGetProperty("last", out _));
        Assert.Equal("now\tcause\tdata\tparameter rate\t0.1\t0.05\nnow\tfollows\tmodel\t\t\t\n",
            _tool.Run("why", "model", "--plan", plan).Output);
        if (_tool.Terminal("why", "model", "--plan", plan) is { } text)
        {
            Assert.Contains("model would run unless its inputs come out as they were", text, StringComparison.Ordinal);
            Assert.Contains("1 cause; 1 stage follows from it:", text, StringComparison.Ordinal);
            Assert.Contains("  data: parameter rate: 0.1 → 0.05", text, StringComparison.Ordinal);
            Assert.Contains("that means 6 runs", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Are_of_nothing_that_the_store_does_not_know()
    {
        var (code, _, error) = _tool.Run("why", "nothing", "--last");

        Assert.Equal(2, code);
        Assert.Contains("knows no run of 'nothing'", error, StringComparison.Ordinal);
    }

    static string[] Lines(JsonElement cause) =>
        [.. cause.GetProperty("difference").EnumerateArray().Select(l => l.GetString()!)];

    // As MSBuild writes it.
    string Plan(params string[] stages)
    {
        var former = _tool.Farm.Model().Resolved.ToString();
        var items = stages.Select(s => JsonSerializer.Serialize(
            new { Identity = "stage", Plan = s.Trim().Replace("FORMER", former, StringComparison.Ordinal) }));
        var file = Path.Combine(_tool.Farm.Folder, "plan.json");
        File.WriteAllText(file, """{"Items":{"LightnixPlannedStage":[""" + string.Join(',', items) + "]}}");
        return file;
    }
}
