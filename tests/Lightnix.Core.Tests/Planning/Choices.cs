using Lightnix.Model;
using Lightnix.Queries;

namespace Lightnix.Planning;

/// <summary>Stages with <c>From</c>, as they are planned. What is wrong with one is among the mistakes.</summary>
public class Choices
{
    const string Sweep = """
        <Stage Include="train" Command="true" Matrix="rate=0.1,0.2" /><Promise Include="model.zip" Stage="train" Type="Zip" MinSize="9"
          CopyToOutputDirectory="IfDifferent" Link="@{params.rate}.zip" />
        <Promise Include="scores.json" Stage="train" Type="Json" Pointer="/accuracy" Min="0.5" />
        <Stage Include="other" Command="true" /><Promise Include="model.zip" Stage="other" Type="Zip" />
        <Promise Include="scores.json" Stage="other" Type="Json" Pointer="/accuracy" /><Promise Include="log" Stage="other" />
        """;

    [Fact]
    public void Promise_what_all_named_stages_promise_with_type_and_pointer() => Assert.Equal(
        ["Zip model.zip", "Json#%2Faccuracy scores.json"], PromisesOf(Sweep + """<Stage Include="c" From="train;other" />"""));

    [Fact]
    public void Inherit_neither_conditions_nor_copying() => Assert.All(
        LnProj.Stage(Sweep + """<Stage Include="c" From="train" />""", "c").Promises, promise => Assert.Equal(
            (null, null, null, null, true),
            (promise.MinSize, promise.Min, promise.CopyToOutputDirectory, (object?)promise.Link, promise.IsInherited)));

    [Fact]
    public void Promise_a_path_without_a_type_where_types_differ() => Assert.Equal(["Any x", "Any y"], PromisesOf("""
        <Stage Include="a;b" Command="true" />
        <Promise Include="x" Stage="a" Type="Csv" /><Promise Include="x" Stage="b" Type="Text" />
        <Promise Include="y" Stage="a" Type="Json" Pointer="/p" /><Promise Include="y" Stage="b" Type="Json" Pointer="/q" />
        <Stage Include="c" From="a;b" />
        """));

    [Fact]
    public void Promise_a_path_that_a_candidate_promises_by_a_folder_above_it() => Assert.Equal(["Any d/x", "Directory e"], PromisesOf("""
        <Stage Include="a;b" Command="true" />
        <Promise Include="d" Stage="a" Type="Directory" /><Promise Include="d/x" Stage="b" Type="Csv" />
        <Promise Include="e" Stage="a;b" Type="Directory" /><Promise Include="e/y" Stage="b" />
        <Stage Include="c" From="a;b" /><Stage Include="reader" Command="cat @{c/d/x} @{c/e/y}" />
        """));

    [Fact]
    public void Have_promises_of_their_own_with_the_type_of_the_inherited_one()
    {
        var promises = LnProj.Stage(Sweep + """
            <Stage Include="c" From="train" /><Promise Include="model.zip;extra" Stage="c" CopyToOutputDirectory="Always" />
            """, "c").Promises;

        Assert.Equal(
            [("scores.json", PromiseType.Json, null, true), ("model.zip", PromiseType.Zip, "Always", false),
                ("extra", PromiseType.Any, "Always", false)],
            promises.Select(p => (p.Path.ToString(), p.Type, p.CopyToOutputDirectory, p.IsInherited)));
    }

    [Fact]
    public void Of_choices_promise_what_those_promise() => Assert.Equal(["Zip model.zip"], PromisesOf("""
        <Stage Include="c" From="b" /><Stage Include="b" From="a" />
        <Stage Include="a" Command="true" /><Promise Include="model.zip" Stage="a" Type="Zip" />
        """));

    [Fact]
    public void Are_read_like_any_stage()
    {
        var reader = LnProj.Stage(Sweep + """
            <Stage Include="c" From="train" /><Stage Include="r" Command="cat @{c/model.zip}" />
            """, "r");

        Assert.Equal(["model.zip"], Assert.Single(reader.Inputs).Paths.Select(p => p.ToString()));
    }

    [Fact]
    public void Have_the_matcher_Only_by_default() =>
        Assert.Equal(Select.Only, LnProj.Stage(Sweep + """<Stage Include="c" From="train" />""", "c").Matcher.Select);

    [Fact]
    public void Need_no_number_of_replicates_for_a_median() => Assert.Equal(Select.Median,
        LnProj.Stage(Sweep + """
            <Stage Include="c" From="train" /><Matcher Include="c" Select="Median" Metric="scores.json#/accuracy" />
            """, "c").Matcher.Select);

    [Fact]
    public void Have_inputs_in_their_derivation_and_nothing_else()
    {
        var stage = LnProj.Stage(Sweep + """<Stage Include="c" From="train;other" Failed="Skip" />""", "c");

        Assert.Equal(["other", "train-0_1", "train-0_2"], stage.Inputs.Select(i => i.At));
        Assert.Equal(new Derivation { Name = stage.Name, Builder = new Builder.Choice(), Inputs = stage.Derivation.Inputs }.Reference(),
            stage.Reference);
        Assert.Equal(
            LnProj.Stage(Sweep + """<Stage Include="c" From="other;train" />""", "c").Reference, stage.Reference);
    }

    [Fact]
    public void Ignore_metadata_of_runs_that_all_stages_inherit()
    {
        var project = LnProj.Parse("""<Stage Include="a" Command="true" /><Stage Include="c" From="a" Cores="2" TimeLimit="00:01:00" />""");

        var result = Planner.Plan(project with { IsWritten = (_, name) => name is not ("Cores" or "TimeLimit") }, FakeContents.Usual);

        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Plan!.Find(StageName.Parse("c"))!.Execution.Cores);
    }

    [Fact]
    public void Reach_into_other_projects()
    {
        var handed = LnProj.Good(Sweep).Stages.Select(s => Exports.Of(s, "/data.lnproj", "/store"));
        var project = LnProj.Parse("""
            <Stage Include="own" Command="true" /><Promise Include="model.zip" Stage="own" Type="Zip" />
            <Promise Include="scores.json" Stage="own" Type="Json" Pointer="/accuracy" />
            <Stage Include="c" From="data:train;own" /><Matcher Include="c" Select="Best" Metric="scores.json#/accuracy" />
            """) with
        { References = [new("data", "/data.lnproj")], ReferencedStages = [.. handed] };

        var result = Planner.Plan(project, FakeContents.Usual);

        Assert.Empty(result.Diagnostics);
        var choice = result.Plan!.Find(StageName.Parse("c"))!;
        Assert.Equal(["own", "data:train-0_1", "data:train-0_2"], choice.Inputs.Select(i => i.Stage).Order().Select(s => s.ToString()));
        Assert.Equal(["Zip model.zip", "Json#%2Faccuracy scores.json"], Texts(choice));
        Assert.Equal("0.2", result.Plan!.ParametersOf(StageName.Parse("train-0_2").Of("data"))["rate"]);
    }

    static IEnumerable<string> PromisesOf(string xml) => Texts(LnProj.Stage(xml, "c"));

    static IEnumerable<string> Texts(PlannedStage stage) =>
        stage.Promises.Select(p => new ReferencedPromise(p.Path, p.Type, p.Pointer).ToString());
}
