using System.Text.Json;
using Lightnix.Model;

namespace Lightnix.Cli;

/// <summary>What the tool says of adopted results, and whose adoptions <c>unadopt</c> takes back.</summary>
public sealed class Adopted_results : IDisposable
{
    readonly BuiltTool _tool = new();
    readonly Root _other;

    // A result of the model as it is was adopted as the sixth replicate of another model, which another project has.
    public Adopted_results()
    {
        Assert.True(_tool.Farm.Build(recipe: "another").Succeeded);
        using (var store = _tool.Farm.Open())
            _other = store.Roots.Read(_tool.Farm.Project) with { Project = Path.Combine(_tool.Farm.Folder, "other.lnproj") };
        Assert.Empty(_tool.Farm.Build().Ran);
        using (var store = _tool.Farm.Open())
        {
            var run = store.Records.History(_tool.Farm.Model().Resolved).Runs.Single(r => r.Facts.Replicate == 5);
            var facts = run.Facts with { Resolved = _other.Stages["model"].Resolved, Replicate = 6, Order = 6 };
            store.Records.Add(run with
            {
                Facts = facts,
                Adopted = new(run.Realization, run.Reference(), "a comment", "me@here", DateTimeOffset.UtcNow),
            });
        }
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Are_marked_among_runs()
    {
        var adopted = Assert.Single(_tool.Json(0, "runs", "model").EnumerateArray(), c => c.GetProperty("adopted").GetInt32() == 1);
        Assert.Equal(6, adopted.GetProperty("n").GetInt32());
        var run = Assert.Single(adopted.GetProperty("runs").EnumerateArray(), r => r.TryGetProperty("adopted", out _));
        Assert.Equal("a comment", run.GetProperty("adopted").GetProperty("reason").GetString());
        Assert.Single(_tool.Run("runs", "model", "--each").Output.TrimEnd().Split('\n'),
            l => l.EndsWith("\ta comment\t", StringComparison.Ordinal));
    }

    [Fact]
    public void Have_the_provenance_of_the_run_that_took_place()
    {
        string adopted;
        using (var store = _tool.Farm.Open())
        {
            adopted = store.Records.History(_other.Stages["model"].Resolved).Runs.Single(r => r.Adopted is not null)
                .Realization.ToString();
        }
        var made = _tool.Farm.Model().Resolved.ToString();
        var folder = Path.Combine(_tool.Farm.Folder, "slsa");

        Assert.Equal(0, _tool.Run("prov", adopted, "--format", "slsa", "-o", folder).Code);

        var statement = Assert.Single(Directory.GetFiles(folder, "model-*"));
        var payload = JsonDocument.Parse(File.ReadAllText(statement)).RootElement.GetProperty("payload").GetBytesFromBase64();
        var definition = JsonDocument.Parse(payload).RootElement.GetProperty("predicate").GetProperty("buildDefinition");
        var parameters = definition.GetProperty("internalParameters");
        Assert.Equal(made, parameters.GetProperty("resolved").GetString());
        Assert.StartsWith("echo train ", definition.GetProperty("externalParameters").GetProperty("builder").GetProperty("command")
            .GetString(), StringComparison.Ordinal);
        Assert.Equal(("a comment", "me@here"), (parameters.GetProperty("adopted").GetProperty("reason").GetString(),
            parameters.GetProperty("adopted").GetProperty("who").GetString()));
        Assert.Single(Directory.GetFiles(folder, "data-*"));
        var crate = Path.Combine(_tool.Farm.Folder, "crate");
        Assert.Equal(0, _tool.Run("prov", adopted, "--format", "ro-crate", "-o", crate).Code);
        var workflow = File.ReadAllText(Path.Combine(crate, "workflow.json"));
        Assert.Contains("echo train ", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("echo another ", workflow, StringComparison.Ordinal);
        Assert.Contains("me@here", File.ReadAllText(Path.Combine(crate, "ro-crate-metadata.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stay_where_another_project_has_built_them()
    {
        using (var store = _tool.Farm.Open())
            store.Roots.Write(_other);

        var (code, _, error) = _tool.Run("unadopt", "model");

        Assert.Equal(2, code);
        Assert.Contains("no result of 'model' was adopted", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("mod*")]
    public void Are_taken_back_before_they_are_built(string name)
    {
        Assert.Equal(1, _tool.Json(0, "unadopt", name).GetProperty("unadopted").GetArrayLength());
        Assert.Equal(2, _tool.Run("unadopt", name).Code);
    }

    [Theory]
    [InlineData("model", "here", 0)]
    [InlineData("model", "elsewhere", 2)]
    [InlineData("data", "here", 2)]
    public void Are_taken_back_by_the_project_that_adopted(string stage, string project, int code)
    {
        Assert.Equal(0, _tool.Run("unadopt", "model").Code);
        using (var store = _tool.Farm.Open())
        {
            var selection = _other.Stages["model"];
            var run = store.Records.History(selection.Resolved).Runs[0];
            var file = project == "here" ? _tool.Farm.Project : _other.Project;
            store.Records.Add(run with
            {
                Facts = run.Facts with { Replicate = 7, Order = 7, Derivation = selection.Derivation },
                Adopted = new(_tool.Farm.Model().Results[0].Realization, run.Reference(), "x", "me@here", DateTimeOffset.UtcNow)
                {
                    Project = file,
                },
            });
        }

        Assert.Equal(code, _tool.Run("unadopt", stage).Code);
    }

    [Fact]
    public void Are_listed_where_the_original_is_rejected()
    {
        var original = _tool.Farm.Model().Results[0].Realization.ToString();

        var output = _tool.Run("rm", original, "--reason", "wrong").Output;

        Assert.Contains($"rejected {original}", output, StringComparison.Ordinal);
        Assert.Matches("[0-9a-f]{12} stays, and may be chosen: stage 'model' adopted it from there; "
            + "'lightnix rm [0-9a-f]{12} --reason TEXT.*' rejects it", output);
        Assert.Equal(1, _tool.Json(0, "rm", original, "--reason", "wrong").GetProperty("adoptedCopies").GetArrayLength());
    }

    [Fact]
    public void Are_not_asked_for_in_JSON() => Assert.Contains("add --yes",
        _tool.Run("adopt", "model", "--reason", "x", "--json").Error, StringComparison.Ordinal);
}
