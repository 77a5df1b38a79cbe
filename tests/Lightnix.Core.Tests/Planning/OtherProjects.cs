using Lightnix.Model;
using Lightnix.Queries;

namespace Lightnix.Planning;

/// <summary>A project whose stages read those of the projects <c>data</c> and <c>my.models</c>, which it references.</summary>
public class OtherProjects
{
    const string Data = """
        <Stage Include="split" Command="true" />
        <Promise Include="train.csv" Stage="split" Type="Csv" /><Promise Include="plots" Stage="split" />
        <Stage Include="Best" Command="true" /><Promise Include="m" Stage="Best" /><Matcher Include="Best" Select="All" />
        """;

    const string Models = """<Stage Include="fit" Command="true" Matrix="rate=0.1,0.2;depth=3" /><Promise Include="m.bin" Stage="fit" />""";

    [Fact]
    public void Are_read_below_the_folder_of_project_and_stage()
    {
        var stage = Stage("cat @{data:split/train.csv} @{DATA:split/plots/roc.png}");

        Assert.Equal(["data.split"], stage.Inputs.Select(i => i.At));
        Assert.Equal(["plots/roc.png", "train.csv"], stage.Inputs[0].Paths.Select(p => p.ToString()));
        Assert.Equal("cat in/data.split/train.csv in/data.split/plots/roc.png", Expand(stage));
        Assert.Equal(Handed("data", Data).Single(h => h.Name.ToString() == "split").Derivation, stage.Derivation.Inputs[0].Derivation);
    }

    [Fact]
    public void Are_needed_as_a_whole_by_inputs() => Assert.Empty(Stage("true", "data:split").Inputs.Single().Paths);

    [Fact]
    public void Give_cells_of_a_matrix_by_name() =>
        Assert.Equal("cat in/my.models.fit-0_1-3/m.bin in/my.models.fit-0_2-3/m.bin", Expand(Stage("cat @{my.models:fit/m.bin}")));

    [Theory]
    [InlineData("@{my.models:fit[rate=0.2]/m.bin}")]
    [InlineData("@{my.models:fit-0_2-3/m.bin}")]
    public void Give_one_cell(string placeholder) =>
        Assert.Equal(["my.models.fit-0_2-3"], Stage($"cat {placeholder}").Inputs.Select(i => i.At));

    [Fact]
    public void Give_numbers_where_their_matcher_may_choose_several() => Assert.True(Stage("cat @{data:Best/m}").Inputs.Single().Plural);

    [Fact]
    public void Change_derivations_by_theirs_and_not_by_their_promises()
    {
        var before = Stage("cat @{data:split/train.csv}").Reference;

        Assert.Equal(before, Stage("cat @{data:split/train.csv}", data: Data.Replace("Csv", "Text", StringComparison.Ordinal)).Reference);
        Assert.NotEqual(before,
            Stage("cat @{data:split/train.csv}", data: Data.Replace("true", "false", StringComparison.Ordinal)).Reference);
    }

    [Theory]
    [InlineData("@{dta:split}",
        "LNX1003 stage 'c': '@{dta:split}' reaches into the project 'dta', which is not referenced. Did you mean 'data'?")]
    [InlineData("@{weather:split}",
        "LNX1003 stage 'c': '@{weather:split}' reaches into the project 'weather', which is not referenced; add <ProjectReference "
        + "Include=\"../weather/weather.lnproj\" />")]
    [InlineData("@{data:splt/x}",
        "LNX1003 stage 'c': '@{data:splt/x}' is not known: the project 'data' has no stage 'splt'. Did you mean 'split'? It has Best and "
        + "split")]
    [InlineData("@{data:split/trian.csv}",
        "LNX1005 stage 'c': '@{data:split/trian.csv}' is not promised by 'data:split'. It promises train.csv and plots. Did you mean "
        + "'train.csv'?")]
    [InlineData("@{data:split/train.csv/x}",
        "LNX1005 stage 'c': '@{data:split/train.csv/x}' is not promised by 'data:split'. It promises train.csv and plots. Did you mean "
        + "'train.csv'?")]
    [InlineData("@{my.models:fit[rate=0.3]}",
        "LNX1003 stage 'c': '@{my.models:fit[rate=0.3]}' names nothing: the matrix has no 'rate=0.3'; it has rate=0.1 and rate=0.2. Did "
        + "you mean 'rate=0.1'?")]
    [InlineData("@{data:split[rate=1]}",
        "LNX1003 stage 'c': '@{data:split[rate=1]}' names nothing: the stage has no Matrix, so 'rate' is not in it")]
    [InlineData("x@{my.models:fit/m.bin}",
        "LNX1003 stage 'c': '@{my.models:fit/m.bin}' means several folders and must be a whole word of the command, without quotes or text "
        + "around it; it becomes several words")]
    [InlineData("@{same:a}",
        "LNX1003 stage 'c': '@{same:a}' reaches into the project 'same', and /one/same.lnproj and /two/same.lnproj are both called so; "
        + "give one of the references another name, as <ProjectReference Include=\"…\" Name=\"other\" />")]
    [InlineData("@{my data:a}",
        "LNX1003 stage 'c': '@{my data:a}' reaches into the project 'my data', and its folder 'in/my data.…' cannot be called so: a name "
        + "is letters, digits, '.', '_' and '-', the first a letter or a digit. Give the reference one, as "
        + "<ProjectReference Include=\"…\" Name=\"data\" />")]
    [InlineData("@{app:a}",
        "LNX1003 stage 'c': '@{app:a}' reaches into the project 'app', and '/app.csproj' is no data project; the stages of a C# project "
        + "are its own")]
    public void Are_checked_before_anything_runs(string placeholder, string expected)
    {
        var reported = Assert.Single(Plan($"cat {placeholder}", null, Data).Diagnostics);

        Assert.Equal((expected, "c"), ($"{reported.Code} {reported.Message}", reported.Item!.Include));
    }

    [Fact]
    public void Have_whole_stages_in_inputs_only() =>
        Assert.StartsWith("LNX1003 stage 'c': 'data:split/train.csv' in Inputs names a path; Inputs takes whole stages, 'data:split'.",
            Line(Plan("true", "data:split/train.csv", Data)), StringComparison.Ordinal);

    static string Line(PlanResult result) => Assert.Single(result.Diagnostics.Select(d => $"{d.Code} {d.Message}"));

    static PlannedStage Stage(string command, string? inputs = null, string data = Data)
    {
        var result = Plan(command, inputs, data);
        Assert.Equal([], result.Diagnostics.Select(d => d.ToString()));
        return result.Plan!.Find(StageName.Parse("c"))!;
    }

    static PlanResult Plan(string command, string? inputs, string data) => Planner.Plan(
        LnProj.Parse($"""<Stage Include="c" Command="{command}" {(inputs is null ? "" : $"Inputs=\"{inputs}\"")} />""") with
        {
            References =
            [
                new("data", "/data.lnproj"), new("my.models", "/my.models.lnproj"), new("same", "/one/same.lnproj"),
                    new("same", "/two/same.lnproj"),
                new("my data", "/my data.lnproj"), new("app", "/app.csproj"),
            ],
            ReferencedStages =
                [.. Handed("data", data), .. Handed("my.models", Models), .. Handed("one/same", Data), .. Handed("my data", Data)],
        },
        FakeContents.Usual);

    static IEnumerable<ReferencedStage> Handed(string project, string xml) =>
        LnProj.Good(xml).Stages.Select(s => Exports.Of(s, $"/{project}.lnproj", "/store"));

    static string Expand(PlannedStage stage) =>
        ((Invocation.Shell)Planner.Invoke(stage, stage.Derivation.Builder,
            new(1, 1, 1, stage.Derivation.Parameters, new Dictionary<string, int>().ToImmutableSortedDictionary()), null)).Text;
}
