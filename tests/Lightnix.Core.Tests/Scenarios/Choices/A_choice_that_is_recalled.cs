using Lightnix.Building;
using Lightnix.Queries;

namespace Lightnix.Scenarios;

/// <summary>What design-time builds, generated classes and tests of promises know of a choice: nothing is read of the sources.</summary>
public sealed class A_choice_that_is_recalled : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Has_the_promises_and_the_numbers_of_the_winner()
    {
        var items = Sweep.Of("0.1,0.3,0.2", Sweep.Median,
            more: """<Promise Include="model.bin" Stage="model" CopyToOutputDirectory="IfDifferent" />""");
        await _site.BuildAsync(items);

        var model = ProjectQueries.Recall(_site.Request(items), true, _ => { }).Single(s => s.Stage.Name.ToString() == "model");

        Assert.Equal(0.2, model.Numbers.Single(n => n.Promise.Path.ToString() == "accuracy.txt").Values.Single());
        Assert.Equal("model.bin", Assert.Single(model.Files).TargetPath.ToString());
        var tested = ProjectQueries.TestPromises(_site.Request(items), _ => { });
        Assert.Equal(8, tested.Length);
        Assert.All(tested, t => Assert.True(t.IsKept));
    }

    [LinuxTheory]
    [InlineData("accuracy.txt", "Type=\"Number\"")]
    [InlineData("accuracy.txt#/a", "Type=\"Json\" Pointer=\"/a\"")]
    public async Task Has_the_numbers_of_the_last_build_where_a_stage_of_another_project_is_not_known(string metric, string type)
    {
        var choice = $"""<Stage Include="model" From="train" /><Matcher Include="model" Select="Best" Metric="{metric}" />""";
        var items = Sweep.Of("0.1,0.3", choice, "echo 0 > @{out}/model.bin; echo "
                + (metric.Contains('#', StringComparison.Ordinal) ? "'{\"a\":@{params.rate}}'" : "@{params.rate}").Replace("\"", "&quot;")
                + " > @{out}/accuracy.txt")
            .Replace("Type=\"Number\"", type, StringComparison.Ordinal);
        Assert.True((await _site.BuildAsync(items)).Succeeded);

        var looked = items.Replace("From=\"train\"", "From=\"train;data:train\"", StringComparison.Ordinal);
        var model = ProjectQueries.Recall(_site.Request(looked), false, _ => { }).Single(s => s.Stage.Name.ToString() == "model");

        Assert.Equal(0.3, Assert.Single(model.Numbers).Values.Single());
    }

    [LinuxFact]
    public void Answers_also_where_it_names_stages_of_another_project()
    {
        var items = Sweep.Of("0.1", """
            <Stage Include="model" From="train;data:train" /><Matcher Include="model" Select="Best" Metric="accuracy.txt" />
            """);

        Assert.Equal(["model", "train-0_1"],
            ProjectQueries.Recall(_site.Request(items), false, _ => { }).Select(s => s.Stage.Name.ToString()).Order());
    }
}
