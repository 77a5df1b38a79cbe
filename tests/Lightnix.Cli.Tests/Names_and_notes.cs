using System.Text.Json;

namespace Lightnix.Cli;

/// <summary>Names that people give results, and what they remark about runs.</summary>
[Trait("Speed", "Slow")]
public sealed class Names_and_notes : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    JsonElement Chosen => _tool.Json(0, "show", "model").GetProperty("realizations")[0];

    [Fact]
    public void Of_a_run_are_shown_everywhere()
    {
        var run = Chosen.GetProperty("runs")[0].GetProperty("run").GetString()!;

        Assert.Equal("the new labels", _tool.Json(0, "note", run[..12], "the new labels").GetProperty("text").GetString());
        Assert.Equal(0, _tool.Run("note", "model", "and\nmore").Code);

        string[] both = ["the new labels", "and\nmore"];
        Assert.Equal(both, Texts(Chosen.GetProperty("runs")[0]));
        Assert.Equal(both, Texts(_tool.Json(0, "show", run)));
        Assert.Equal(both, Texts(_tool.Json(0, "trace", "model").GetProperty("results")[0]));
        var listed = _tool.Json(0, "ls", "--runs").EnumerateArray().Single(r => r.GetProperty("run").GetString() == run);
        Assert.Equal(both, Texts(listed));
        var configuration = Assert.Single(_tool.Json(0, "runs", "model").EnumerateArray());
        Assert.Equal(both, Texts(configuration.GetProperty("runs").EnumerateArray().Single(r => r.TryGetProperty("notes", out _))));
        foreach (var arguments in new[] { new[] { "ls", "--runs" }, ["runs", "model", "--each"], ["trace", "model"] })
            Assert.Contains("\tthe new labels; and%0Amore\n", _tool.Run(arguments).Output, StringComparison.Ordinal);
        _tool.Farm.AssertSound();
    }

    [Fact]
    public void Of_a_run_change_no_build()
    {
        Assert.Equal(0, _tool.Run("note", "model", "x").Code);

        Assert.Empty(_tool.Farm.Build().Ran);
    }

    [Theory]
    [InlineData("model", " ", "a note needs a text")]
    [InlineData("modle", "x", "'modle' is no stage that was built here")]
    public void Of_nothing_are_mistakes(string run, string text, string problem)
    {
        var (code, _, error) = _tool.Run("note", run, text);

        Assert.Equal(2, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_result_name_it_in_each_verb()
    {
        var realization = Chosen.GetProperty("realization").GetString()!;
        Assert.Equal(0, _tool.Run("pin", "model", "--as", "published", "--reason", "paper").Code);
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);

        var shown = _tool.Json(0, "show", "Published");
        Assert.Equal(realization, shown.GetProperty("reference").GetString());
        Assert.Equal("published", shown.GetProperty("pins")[0].GetProperty("name").GetString());
        Assert.Equal(realization, _tool.Json(0, "trace", "published").GetProperty("roots")[0].GetString());
        Assert.Equal(realization, _tool.Json(0, "diff", "published", "model").GetProperty("before").GetProperty("realization").GetString());
        Assert.Equal(0, _tool.Run("log", "published").Code);
        Assert.Equal(0, _tool.Run("note", "published", "x").Code);
        Assert.Equal(realization, _tool.Json(0, "rm", "published", "--reason", "x").GetProperty("rejected")[0].GetString());
        Assert.Equal(realization, _tool.Json(0, "unpin", "published").GetProperty("unpinned")[0].GetString());
        Assert.Equal(2, _tool.Run("show", "published").Code);
    }

    [Fact]
    public void Of_a_result_end_alone()
    {
        Assert.Equal(0, _tool.Run("pin", "model").Code);
        Assert.Equal(0, _tool.Run("pin", "model", "--as", "published").Code);

        Assert.Contains("stays pinned, without the name 'published'", _tool.Run("unpin", "published").Error, StringComparison.Ordinal);

        Assert.False(Assert.Single(Chosen.GetProperty("pins").EnumerateArray()).TryGetProperty("name", out _));
    }

    [Theory]
    [InlineData("model", "'model' in --as is a stage of '")]
    [InlineData("a/b", "'a/b' in --as is no name")]
    [InlineData("beef", "'beef' in --as may be the beginning of a reference")]
    [InlineData("taken", "'taken' in --as is the name of ")]
    public void Of_other_things_are_mistakes(string name, string problem)
    {
        Assert.Equal(0, _tool.Run("pin", "data", "--as", "taken").Code);

        var (code, _, error) = _tool.Run("pin", "model", "--as", name);

        Assert.Equal(2, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.False(Chosen.TryGetProperty("pins", out _));
    }

    [Theory]
    [InlineData("modle", "did you mean 'model'?")]
    [InlineData("publised", "did you mean 'published'?")]
    public void That_are_nearly_right_are_answered_with_the_right_one(string name, string answer)
    {
        Assert.Equal(0, _tool.Run("pin", "data", "--as", "published").Code);

        Assert.Contains(answer, _tool.Run("show", name).Error, StringComparison.Ordinal);
    }

    static string[] Texts(JsonElement run) =>
        [.. run.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("text").GetString()!)];
}
