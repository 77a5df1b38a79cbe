namespace Lightnix.Tasks;

public sealed class StagesClassTests
{
    [Fact]
    public void A_path_is_that_in_the_output_folder_and_a_number_a_constant()
    {
        var text = Class(
            new("data", "model", "model.zip") { TargetPath = "models/model.zip" },
            new("data", "model", "accuracy.txt") { IsNumber = true, Numbers = [0.93] });

        Assert.Contains("internal static string ModelZip => global::System.IO.Path.Combine("
            + """global::System.AppContext.BaseDirectory, "models", "model.zip");""", text, StringComparison.Ordinal);
        Assert.Contains("internal const double Accuracy = 0.93D;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_result_the_names_are_there_and_numbers_are_none() =>
        Assert.Contains("internal const double MetricsAuc = double.NaN;",
            Class(new DescribedPromise("data", "model", "metrics.json") { IsNumber = true, Pointer = "/auc" }), StringComparison.Ordinal);

    [Fact]
    public void A_question_writes_none()
    {
        using var project = new TempProject("<Project />");
        WriteStagesClass Task(bool question) => new()
        {
            Project = new Microsoft.Build.Utilities.TaskItem("project"),
            BuildEngine = project.Engine,
            File = "obj/Stages.g.cs",
            ClassName = "Stages",
            FailIfNotIncremental = question,
            TaskEnvironment = Microsoft.Build.Framework.TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(project.Directory),
        };

        Assert.False(Task(question: true).Execute());
        Assert.Equal("LNX2014", Assert.Single(project.Engine.Errors).Code);
        Assert.False(Directory.Exists(Path.Combine(project.Directory, "obj")));

        Assert.True(Task(question: false).Execute(), project.Said);
        Assert.True(Task(question: true).Execute(), project.Said);
    }

    [Fact]
    public void Several_results_are_arrays()
    {
        var text = Class(
            new("data", "model", "model.zip") { TargetPath = "model.zip", Several = 2 },
            new("data", "model", "accuracy.txt") { IsNumber = true, Several = 2, Numbers = [0.5, double.NaN] });

        Assert.Contains("internal static string[] ModelZip => new string[] { global::System.IO.Path.Combine("
            + """global::System.AppContext.BaseDirectory, "1", "model.zip"), global::""", text, StringComparison.Ordinal);
        Assert.Contains("internal static double[] Accuracy => new double[] { 0.5D, double.NaN };", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_neither_copied_nor_a_number_has_no_name() =>
        Assert.DoesNotContain("class Model", Class(new DescribedPromise("data", "model", "log.txt")), StringComparison.Ordinal);

    [Fact]
    public void Names_that_are_taken_are_given_others()
    {
        var text = Class(
            new("data", "model", "model") { TargetPath = "model" },
            new("data", "model", "a-b") { TargetPath = "a-b", IsNumber = true, Numbers = [1] },
            new("data", "model", "a.b") { TargetPath = "a.b" },
            new("data", "model", "to/string") { TargetPath = "to/string" });

        Assert.Equal(["AB", "AB_2", "Model_2", "ToString_2"], Names(text, "string"));
        Assert.Equal(["ABValue"], Names(text, "const double"));
    }

    [Fact]
    public void Stages_of_one_name_in_two_projects_are_named_after_both()
    {
        var text = Class(
            new("data", "model", "m") { TargetPath = "m" },
            new("more-data", "model", "m") { TargetPath = "m" },
            new("data", "train-0_1-3", "m") { TargetPath = "m" });

        Assert.Equal(["DataModel", "MoreDataModel", "Train0_1_3"], Names(text, "static class"));
    }

    [Fact]
    public void The_order_of_items_does_not_matter()
    {
        DescribedPromise[] promises =
            [new("p", "a", "x") { TargetPath = "x" }, new("p", "b", "x-1") { TargetPath = "x" }, new("q", "a", "y") { IsNumber = true }];

        Assert.Equal(Class(promises), Class([.. promises.Reverse()]));
    }

    [Theory]
    [InlineData("held-out.csv", "HeldOutCsv")]
    [InlineData("2024/jan", "_2024Jan")]
    [InlineData("v1/2", "V1_2")]
    [InlineData("übung.txt", "ÜbungTxt")]
    [InlineData("??", "_")]
    public void Any_path_is_a_name(string path, string name) => Assert.Equal(name, Identifiers.Of(path));

    [Theory]
    [InlineData("my-app", "@my_app")]
    [InlineData("1st", "_1st")]
    [InlineData("App", "App")]
    [InlineData("class", "@class")]
    public void A_chosen_name_is_kept_as_far_as_CSharp_can(string name, string kept) => Assert.Equal(kept, Identifiers.Kept(name));

    static string Class(params DescribedPromise[] promises) => StagesClass.Text("Stages", "App", [.. promises]);

    static IEnumerable<string> Names(string text, string kind) => text.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.StartsWith($"internal {kind} ", StringComparison.Ordinal)
            || line.StartsWith($"internal static {kind} ", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(kind, StringComparison.Ordinal) + kind.Length + 1)..].Split(' ')[0]);
}
