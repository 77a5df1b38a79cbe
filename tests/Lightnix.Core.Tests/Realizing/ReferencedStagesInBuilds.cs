using Lightnix.Explaining;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Stages of other projects, which chose before this one builds.</summary>
public class ReferencedStagesInBuilds
{
    [Fact]
    public async Task Are_read_and_neither_run_nor_matched()
    {
        var bench = new Bench();
        bench.Hand("data", "a", "1");
        bench.Stage("c", "c", m => m.One("data.a") + "2", ["data:a"]);

        var outcomes = await bench.BuildAsync();

        Assert.Equal("12", bench.Result(outcomes, "c"));
        Assert.Equal(["c#1"], bench.Ran());
        Assert.Equal(["c"], outcomes.Keys.Select(k => k.ToString()));
    }

    [Fact]
    public async Task That_come_out_the_same_run_nothing_again()
    {
        var bench = new Bench();
        bench.Hand("data", "a", "1");
        bench.Stage("c", "c", m => m.One("data.a") + "2", ["data:a"]);
        await bench.BuildAsync();
        bench.Ran();

        bench.Hand("data", "a", "1");
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());

        bench.Hand("data", "a", "9");
        Assert.Equal("92", bench.Result(await bench.BuildAsync(), "c"));
    }

    [Fact]
    public async Task That_are_none_are_an_error_of_the_stage_that_reads_them()
    {
        var bench = new Bench();
        bench.Hand("data", "a", null);
        bench.Stage("c", "c", _ => "", ["data:a"]);
        bench.Stage("d", "d", _ => "");

        var outcomes = await bench.BuildAsync();

        Assert.Equal(["LNX2012"], bench.Errors);
        Assert.Equal(["d#1"], bench.Ran());
        Assert.IsType<StageOutcome.Skipped>(outcomes[StageName.Parse("c")]);
    }

    [Theory]
    [InlineData("1", false, PlannedAction.Run)]
    [InlineData(null, false, PlannedAction.Run)]
    [InlineData(null, true, PlannedAction.Fail)]
    public async Task Are_what_a_plan_goes_by(string? result, bool fails, PlannedAction expected)
    {
        var bench = new Bench();
        bench.Hand("data", "a", result, fails);
        bench.Stage("c", "c", _ => "", ["data:a"]);

        await bench.BuildAsync(plan: true);

        Assert.Equal(expected, Assert.Single(bench.Events.OfType<BuildEvent.Planned>()).Action);
    }

    [Fact]
    public async Task That_would_be_made_anew_may_come_out_as_they_were()
    {
        var bench = new Bench();
        bench.Hand("data", "a", "1");
        bench.Stage("c", "c", _ => "", ["data:a"]);
        await bench.BuildAsync();

        bench.Hand("data", "a", null);
        await bench.BuildAsync(plan: true);

        var planned = Assert.Single(bench.Events.OfType<BuildEvent.Planned>());
        Assert.Equal((PlannedAction.MayRun, "it needs data:a"), (planned.Action, planned.Why.Single()));
    }

    [Fact]
    public void Of_one_stage_must_be_one()
    {
        var bench = new Bench();
        var first = bench.Hand("data", "a", "1");

        Assert.Empty(ReferencedOutcomes.Conflicts([first, bench.Hand("data", "a", "1"), bench.Hand("data", "b", "2")]));
        var conflict = Assert.Single(ReferencedOutcomes.Conflicts([first, bench.Hand("data", "a", "2")]));

        Assert.Equal("LNX2012", conflict.Code);
        Assert.StartsWith(
            $"two choices of stage 'a' of '/data.lnproj' meet in this build: {first.Choice!.Results[0].Realization.Short} and ",
            conflict.Message, StringComparison.Ordinal);
        Assert.Single(ReferencedOutcomes.Conflicts([first, bench.Hand("data", "a", null)]));
    }

    [Fact]
    public void Are_handed_on_with_what_they_were_made_from()
    {
        var bench = new Bench();
        var (read, passed, unread) = (bench.Hand("data", "a", "1"), bench.Hand("raw", "z", "2"), bench.Hand("raw", "y", "3"));
        var plan = new Plan([])
        {
            ReferencedStages =
            ImmutableSortedDictionary<StageName, ReferencedStage>.Empty.Add(StageName.Parse("a").Of("data"), read)
        };

        Assert.Equal(["y", "a", "z"], ReferencedOutcomes.Export([unread], plan, [passed, passed]).Select(h => h.Name.ToString()));
    }

    [Fact]
    public void Travel_as_texts()
    {
        var all = new Bench().Hand("data", "a", "1") with
        {
            DeclaredName = StageName.Parse("whole"),
            Axes = LnProj.Good("""<Stage Include="t" Command="true" Matrix="r=1=2,3" />""").Stages[0].Axes,
            Parameters = LnProj.Good("""<Stage Include="t" Command="true" Parameters="r=1=2;s=" />""").Stages[0].Derivation.Parameters,
            Promises =
            [
                new(RelativePath.Parse("a;b/c% d"), PromiseType.Csv, null), new(RelativePath.Parse("d"), PromiseType.Any, null),
                new(RelativePath.Parse("e f"), PromiseType.Json, "/x y/%#"),
            ],
            Matcher = Bench.Best(3) with { Take = 2 },
            Rules = Digest.Of([1]),
        };
        var little = new ReferencedStage
        {
            Project = "/p",
            Name = StageName.Parse("a"),
            DeclaredName = StageName.Parse("a"),
            Matcher =
            Matcher.Default,
            Store = "/s",
            Fails = true
        };

        foreach (var stage in new[] { all, little })
        {
            var texts = ReferencedStageTexts.Of(stage).ToDictionary(t => t.Name, t => t.Texts);
            var back = ReferencedStageTexts.Parse(stage.Name.ToString(), name => texts[name]);

            Assert.Equal(ReferencedStageTexts.Of(stage).Select(t => string.Join('|', t.Texts)),
                ReferencedStageTexts.Of(back).Select(t => string.Join('|', t.Texts)));
            Assert.Equal(stage.Choice?.Results.ToArray(), back.Choice?.Results.ToArray());
            Assert.Equal((stage.Derivation, stage.Choice is null, stage.Fails, stage.Matcher.IsPlural),
                (back.Derivation, back.Choice is null, back.Fails, back.Matcher.IsPlural));
        }
    }

    [Fact]
    public void That_are_in_another_store_are_an_error()
    {
        var bench = new Bench();
        var gone = bench.Hand("data", "a", "1") with { Store = "/elsewhere" };
        bench.Results.Evict(gone.Choice!.Results[0].Tree);
        var stage = LnProj.Stage("""<Stage Include="c" Command="true" />""",
            "c") with
        { Inputs = [new("data.a", StageName.Parse("a").Of("data"), [], false)] };
        var plan = new Plan([stage])
        {
            ReferencedStages =
            ImmutableSortedDictionary<StageName, ReferencedStage>.Empty.Add(StageName.Parse("a").Of("data"), gone)
        };

        var missing = Assert.Single(ReferencedOutcomes.Missing(plan, "/store", bench.Results));

        Assert.Equal("LNX2012", missing.Code);
        Assert.Contains("its project uses '/elsewhere'", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "LNX2012")]
    [InlineData(true, "LNX2024")]
    public async Task That_are_intermediate_and_gone_fail_only_a_reader_that_runs(bool isChosenAnew, string code)
    {
        var bench = new Bench();
        var big = bench.Hand("data", "big", "bytes", intermediate: true);
        bench.Stage("last", "last", m => "last of " + m.Inputs.Values.Single()[0], ["data:big"]);
        await bench.BuildAsync();
        bench.Results.Evict(big.Choice!.Results[0].Tree);
        bench.Ran();

        Assert.IsType<StageOutcome.Chosen>((await bench.BuildAsync())[StageName.Parse("last")]);
        Assert.Empty(bench.Ran());

        bench.Stage("last", "last more", m => m.Inputs.Values.Single()[0], ["data:big"]);
        if (isChosenAnew)
            bench.ChosenAnew.Add(StageName.Parse("big").Of("data"));
        Assert.IsType<StageOutcome.Failed>((await bench.BuildAsync())[StageName.Parse("last")]);
        Assert.Equal([code], bench.Errors);
        Assert.Empty(bench.Ran());
    }

    [Fact]
    public async Task That_are_intermediate_and_gone_are_a_warning_of_a_reader_that_may_fail()
    {
        var bench = new Bench { MayFail = name => name == StageName.Parse("last") };
        var big = bench.Hand("data", "big", "bytes", intermediate: true);
        bench.Stage("last", "last", m => m.Inputs.Values.Single()[0], ["data:big"]);
        bench.Results.Evict(big.Choice!.Results[0].Tree);

        Assert.IsType<StageOutcome.Failed>((await bench.BuildAsync())[StageName.Parse("last")]);

        var problem = Assert.Single(bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal(("LNX2012", Severity.Warning), (problem.Code, problem.Severity));
    }
}
