using System.Text.Json;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What <c>why</c> says of runs that are done, and of a plan.</summary>
[Trait("Speed", "Slow")]
public sealed class Reasons_of_runs : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    JsonElement Last(string stage = "model") =>
        Assert.Single(_tool.Json(0, "why", stage, "--last").GetProperty("last").EnumerateArray());

    const string Cells = """
        <Stage Include="made" Command="echo 1 > @{out}/x # VERSION" /><Promise Include="x" Stage="made" />
        <Stage Include="cell" Matrix="rate=0.1,0.2" Command="echo @{params.rate} > @{out}/accuracy.txt" />
        <Promise Include="accuracy.txt" Stage="cell" Type="Number" />
        <Stage Include="top" From="cell" /><Matcher Include="top" Select="Best" Metric="accuracy.txt" Order="ORDER" />
        <Stage Include="use" Command="cat @{top/accuracy.txt} @{made/x} > @{out}/y" /><Promise Include="y" Stage="use" />
        """;

    [Fact]
    public void Are_a_choice_that_moved_and_no_input_that_came_out_as_it_was()
    {
        foreach (var (version, order) in new[] { ("1", "Max"), ("2", "Min") })
        {
            Assert.True(_tool.Farm.Build(Farm.Best + Cells.Replace("VERSION", version, StringComparison.Ordinal)
                .Replace("ORDER", order, StringComparison.Ordinal)).Succeeded);
        }

        var last = Last("use");

        var cause = Assert.Single(last.GetProperty("causes").EnumerateArray());
        Assert.Equal(("the choice of top", "cell-0_2", "cell-0_1"), (cause.GetProperty("field").GetString(),
            cause.GetProperty("before").GetString(), cause.GetProperty("now").GetString()));
    }

    [Fact]
    public void Name_the_run_of_a_result_that_was_taken_from_the_store()
    {
        _tool.Farm.Sh("rm -rf roots/* builds/*");
        Assert.Empty(_tool.Farm.Build(Farm.Best + Cells).Ran);

        if (_tool.Terminal("why", "model", "--last") is { } text)
        {
            Assert.Matches(@"model was made at .* on .*; nothing ran", text);
            Assert.Contains("top is a choice among other stages and has no runs: see --chosen", _tool.Terminal("why", "top", "--last"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Count_runs_that_stages_share_once()
    {
        var plan = Plan([.. new[] { "model", "twin" }.Select(name => """
            {"stage":"NAME","action":"Run","runs":5,"changes":[{"field":"Command","before":"a","now":"b"}],"former":"FORMER"}
            """.Replace("NAME", name, StringComparison.Ordinal))]);

        Assert.Equal(5, _tool.Json(0, "why", "--plan", plan).GetProperty("runs").GetInt32());
    }

    [Fact]
    public void Are_those_of_the_last_time_where_the_project_cannot_be_evaluated()
    {
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var (code, output, error) = _tool.Run("why", "model");

        Assert.Equal(0, code);
        Assert.Contains("cannot be evaluated now, so this is why it ran last time", error, StringComparison.Ordinal);
        Assert.StartsWith("last\tran\tmodel\t", output, StringComparison.Ordinal);
        var row = output.TrimEnd().Split('\n')[1].Split('\t');
        Assert.Equal(["last", "cause", "model", "Command"], row[..4]);
        Assert.Contains("echo train", row[4], StringComparison.Ordinal);
        Assert.Contains("echo another recipe", row[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Are_JSON_with_both_values_and_the_lines_that_differ()
    {
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var last = Last();

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
        var last = Last();

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
    public void Name_the_rules_that_changed_as_far_as_the_store_remembers_the_build()
    {
        Assert.True(_tool.Farm.Build("""<Matcher Include="model" Select="Best" Metric="accuracy.txt" AtLeast="6" />""").Succeeded);

        var last = Last();

        Assert.Equal(["matcher AtLeast was '5' and is '6'"],
            last.GetProperty("causes").EnumerateArray().Select(c => c.GetProperty("text").GetString()));
        Assert.Equal(1, last.GetProperty("runs").GetInt32());
        Assert.Equal("0.6", last.GetProperty("news").GetProperty("now")[0].GetProperty("metric").GetString());
    }

    [Fact]
    public void Of_a_choice_are_the_candidates_and_what_they_lack()
    {
        Assert.Equal(0, _tool.Run("rm", Result(5), "--reason", "wrong labels").Code);
        Assert.All(_tool.Farm.Build().Ran, r => Assert.Equal("model#6", r));

        var candidates = _tool.Json(0, "why", "model", "--chosen").GetProperty("candidates").EnumerateArray().ToArray();

        Assert.Equal(["0.6", "0.4", "0.3", "0.2", "0.1", "0.5"], candidates.Select(c => c.GetProperty("metric").GetString()));
        Assert.True(candidates[0].GetProperty("chosen").GetBoolean());
        Assert.Equal(["0.2 less", "0.3 less", "0.4 less", "0.5 less", "rejected: wrong labels"],
            candidates[1..].Select(c => c.GetProperty("lacks").GetString()));
        var row = _tool.Run("why", Result(2), "--chosen").Output.Split('\n')[3].Split('\t');
        Assert.Equal(("2", "0.2", "kept", "0.4 less"), (row[2], row[3], row[4], row[5]));
    }

    [Fact]
    public void Of_keeping_are_roots_pins_and_ways_from_them()
    {
        Assert.Equal(0, _tool.Run("pin", Result(2), "--reason", "a look").Code);

        Assert.Equal(["root"], Kinds("model"));
        Assert.Equal(["pin", "root"], Kinds(Result(2)));
        var counted = _tool.Json(0, "why", Result(1), "--kept")[0].GetProperty("keepers")[0];
        Assert.Equal("its matcher counts it and chose another", counted.GetProperty("because").GetString());
        Assert.False(counted.GetProperty("files").GetBoolean());

        // As if another project had it, and the store remembered only its result.
        using (var store = _tool.Farm.Open())
        {
            var root = store.Roots.Read(_tool.Farm.Project);
            store.Roots.Write(root with { Stages = root.Stages.Remove("data") });
        }
        var data = Result("data");
        var way = _tool.Json(0, "why", data, "--kept")[0].GetProperty("keepers")[0].GetProperty("path");
        Assert.Equal(["model", "data"], way.EnumerateArray().Select(p => p.GetProperty("stage").GetString()));
        if (_tool.Terminal("why", data, "--kept") is { } text)
            Assert.Contains("its records stay, and its files may be collected", text, StringComparison.Ordinal);
    }

    string[] Kinds(string what) => [.. _tool.Json(0, "why", what, "--kept")[0].GetProperty("keepers").EnumerateArray()
        .Select(k => k.GetProperty("kind").GetString()!).Order(StringComparer.Ordinal)];

    string Result(int replicate)
    {
        using var store = _tool.Farm.Open();
        return store.Records.History(_tool.Farm.Model().Resolved).Runs.First(r => r.Facts.Replicate == replicate).Realization.ToString();
    }

    string Result(string input)
    {
        using var store = _tool.Farm.Open();
        return store.Records.History(_tool.Farm.Model().Resolved).Runs[0].Facts.Context[input][0].ToString();
    }

    [Fact]
    public void Of_a_stage_that_failed_are_the_failure_and_what_differs_from_the_last_choice()
    {
        Assert.False(_tool.Farm.Build(recipe: "x; exit 3;").Succeeded);

        var last = Last();

        Assert.Equal("its last run failed: exit code 3", last.GetProperty("problems")[0].GetString());
        Assert.Equal("Command", Assert.Single(last.GetProperty("causes").EnumerateArray()).GetProperty("field").GetString());
        if (_tool.Terminal("why", "model", "--last") is { } text)
            Assert.Contains("model has no choice after ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_not_those_of_an_earlier_build() =>
        Assert.Contains("lightnix diff model@1 model", _tool.Run("why", "model@1").Error, StringComparison.Ordinal);

    [Fact]
    public void Can_be_asked_for_by_a_user_who_may_only_read()
    {
        if (Environment.UserName != "root")
            return;
        var before = _tool.Farm.Sh("find . -printf '%P %y %s %T@\\n' | LC_ALL=C sort");

        foreach (var arguments in new[] { new[] { "why", "model", "--last" }, ["why", "model", "--chosen"], ["why", "model", "--kept"],
            ["why", "model"], ["show", "model"] })
        {
            var (code, output, error) = _tool.RunAsAnother([.. arguments, "--json"]);
            Assert.True(code == 0, $"{string.Join(' ', arguments)}: {output}{error}");
        }
        Assert.Equal(before, _tool.Farm.Sh("find . -printf '%P %y %s %T@\\n' | LC_ALL=C sort"));
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
