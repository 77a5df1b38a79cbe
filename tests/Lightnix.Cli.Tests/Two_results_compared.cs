using System.Text.Json;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What <c>diff</c> says of results, projects and lock files.</summary>
public sealed class Two_results_compared : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    JsonElement[] Runs => [.. _tool.Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("stage").GetString() == "model")];

    [Fact]
    public void Differ_in_files_and_seeds_if_only_the_random_numbers_differ()
    {
        var (first, second) = (Of(Runs[0]), Of(Runs[1]));

        var found = _tool.Json(0, "diff", first, second);

        Assert.False(found.GetProperty("same").GetBoolean());
        Assert.False(found.TryGetProperty("declared", out _));
        Assert.Equal(["accuracy.txt", "weights"],
            found.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()));
        Assert.Contains("seed", found.GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("field").GetString()));
        var text = _tool.Run("diff", first, second).Output;
        Assert.Contains("    -0.1\n    +0.2\n", text, StringComparison.Ordinal);
        Assert.Contains("  weights: 2 KiB → 2 KiB, other bytes\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_the_same_as_themselves() =>
        Assert.True(_tool.Json(0, "diff", "model", "farm:model").GetProperty("same").GetBoolean());

    [Fact]
    public void Name_the_word_of_a_command_that_changed()
    {
        var before = Of(Runs[0]);
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var declared = Assert.Single(_tool.Json(0, "diff", before, "model").GetProperty("declared").EnumerateArray());

        Assert.Equal("Command", declared.GetProperty("field").GetString());
        Assert.Contains("another recipe", declared.GetProperty("now").GetString(), StringComparison.Ordinal);
        var text = _tool.Run("diff", before, "model").Output;
        Assert.Contains("declared:\n", text, StringComparison.Ordinal);
        Assert.Contains("metric", _tool.Json(0, "diff", "model", "model").GetProperty("now").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_the_first_lines_of_a_long_difference()
    {
        var before = Of(Runs[0]);
        Assert.True(_tool.Farm.Build(recipe: string.Concat(Enumerable.Range(0, 100).Select(i => $"{i}; &#10;: ")) + "; echo").Succeeded);

        Assert.Contains(" more lines (--verbose shows all)\n", _tool.Run("diff", before, "model").Output, StringComparison.Ordinal);

        Assert.Contains("+: 99; ", _tool.Run("diff", before, "model", "--verbose").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("+: 99; ", _tool.Run("diff", before, "model").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_what_changed_further_up()
    {
        Assert.True(_tool.Farm.Build(Chain("one")).Succeeded, string.Join('\n', _tool.Farm.Said));
        Assert.True(_tool.Farm.Build(Chain("two")).Succeeded);

        var cause = Assert.Single(_tool.Json(0, "diff", "use@2", "use").GetProperty("upstream").EnumerateArray());

        Assert.Equal("Command", cause.GetProperty("field").GetString());
        Assert.Equal("cut", Assert.Single(cause.GetProperty("stages").EnumerateArray()).GetString());
        var text = _tool.Run("diff", "use@2", "use").Output;
        Assert.Contains("changed further up:\n  cut: Command", text, StringComparison.Ordinal);
        Assert.Contains("  input cut", text, StringComparison.Ordinal);

        static string Chain(string word) => Farm.Best + $$"""
            <Stage Include="cut" Command="echo {{word}} > @{out}/f" /><Stage Include="use" Command="cat @{cut/f} > @{out}/g" />
            <Promise Include="f" Stage="cut" /><Promise Include="g" Stage="use" />
            """;
    }

    [Fact]
    public void Of_projects_and_lock_files_are_listed_by_stage()
    {
        var former = Path.Combine(_tool.Farm.Folder, "lightnix.former.lock.json");
        Assert.True(_tool.Farm.Build(theLock: new() { Use = true, File = _tool.Farm.LockFile }).Succeeded);
        File.Copy(_tool.Farm.LockFile, former);
        Assert.Empty(_tool.Json(0, "diff", former, _tool.Farm.Project).EnumerateArray());
        Assert.True(_tool.Farm.Build(recipe: "another recipe").Succeeded);

        var change = Assert.Single(_tool.Json(0, "diff", former, _tool.Farm.Project).EnumerateArray());

        Assert.Equal("model", change.GetProperty("stage").GetString());
        Assert.NotEqual(change.GetProperty("before").ToString(), change.GetProperty("now").ToString());
        var row = _tool.Run("diff", former, _tool.Farm.Project).Output.TrimEnd().Split('\t');
        Assert.Equal(("model", 5), (row[0], row.Length));
    }

    [Fact]
    public void Are_not_found_by_a_wrong_name() => Assert.Equal(2, _tool.Run("diff", "model", "other:model").Code);

    static string Of(JsonElement run) => run.GetProperty("realization").GetString()!;
}
