using System.Diagnostics;
using System.Text.Json;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>The built tool as a second process.</summary>
public sealed class TheTool : IDisposable
{
    readonly Farm _farm = new();

    public TheTool() => Assert.True(_farm.Build().Succeeded);

    public void Dispose() => _farm.Dispose();

    (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", dll, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(_farm.Project)!, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LIGHTNIX_STORE"] = _farm.StoreFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    JsonElement Json(int code, params string[] arguments)
    {
        var (found, output, error) = Run([.. arguments, "--json"]);
        Assert.True(code == found, $"{found}: {output}{error}");
        return JsonDocument.Parse(output).RootElement;
    }

    [Fact]
    public void Lists_what_was_chosen()
    {
        var (code, output, _) = Run("ls");
        var model = Json(0, "ls").EnumerateArray().Single(c => c.GetProperty("stage").GetString() == "model");

        Assert.Equal(0, code);
        Assert.StartsWith(_farm.Project + "\n", output, StringComparison.Ordinal);
        Assert.Contains("model\t", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal("0.5", model.GetProperty("metric").GetString());
        Assert.Equal(2004, model.GetProperty("size").GetInt64());
        Assert.True(model.GetProperty("present").GetBoolean());
        var runs = Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("stage").GetString() == "model").ToArray();
        Assert.Equal(5, runs.Length);
        Assert.Single(runs, r => r.GetProperty("state").GetString() == "chosen");
        Assert.Equal(6, Run("ls", "--runs").Output.Trim().Split('\n').Length);
    }

    [Fact]
    public void Shows_a_stage_and_what_a_prefix_means()
    {
        var model = Json(0, "show", "MODEL");
        var realization = model.GetProperty("realizations")[0];
        var reference = realization.GetProperty("realization").GetString()!;

        Assert.Contains("weights", realization.GetProperty("entries")[1].GetString(), StringComparison.Ordinal);
        Assert.Equal("realization", Json(0, "show", reference[..10]).GetProperty("kind").GetString());
        Assert.Equal("tree", Json(0, "show", realization.GetProperty("tree").GetString()!).GetProperty("kind").GetString());
        Assert.Equal("model", Json(0, "show", model.GetProperty("derivation").GetString()!).GetProperty("record").GetProperty("name").GetString());
        Assert.Equal("run", Json(0, "show", realization.GetProperty("runs")[0].GetProperty("run").GetString()!).GetProperty("kind").GetString());
        Assert.Contains("stage: model", Run("show", "model").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_a_log()
    {
        Assert.Equal((0, "train in/data/data.csv\n"), Run("log", "model") is var (code, output, _) ? (code, output) : default);
        Assert.Equal("data\n", Json(0, "log", "data").GetProperty("text").GetString());
    }

    [Fact]
    public void Prints_the_log_of_what_failed_last()
    {
        Assert.False(_farm.Build(recipe: "oh; exit 3;").Succeeded);
        Assert.Equal((0, "oh\n"), Run("log", "model") is var (code, output, _) ? (code, output) : default);
        Assert.True(_farm.Build().Succeeded);
        Assert.Equal("train in/data/data.csv\n", Run("log", "model").Output);
    }

    [Fact]
    public void Verifies_and_repairs()
    {
        Assert.Equal(0, Run("verify").Code);
        _farm.Sh("chmod 555 trees/*/weights");

        Assert.Equal((1, true), Run("verify") is var (code, output, _) ? (code, output.Contains("cure: lightnix verify --repair", StringComparison.Ordinal)) : default);
        Assert.NotEmpty(Json(1, "verify").GetProperty("damages").EnumerateArray());
        Assert.Equal(0, Run("verify", "--repair").Code);
        Assert.Empty(Json(0, "verify").GetProperty("damages").EnumerateArray());
    }

    [Fact]
    public void Plans_and_collects_garbage()
    {
        var plan = Json(0, "gc");
        Assert.Equal(4, plan.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("kind").GetString() == "tree"));
        Assert.Equal(6, _farm.Trees);
        Assert.Contains("--yes does it", Run("gc", "--keep-best", "2").Output, StringComparison.Ordinal);

        Assert.StartsWith("tree\t", Run("gc", "--yes", "--max-size", "1KiB").Output, StringComparison.Ordinal);

        Assert.Equal(2, _farm.Trees);
        Assert.Empty(_farm.Build().Ran);
        Assert.Equal(0, Run("gc", "--yes", "--forget", "farm.lnproj").Code);
        Assert.Equal(0, _farm.Trees);
    }

    [Fact]
    public void Pins_and_rejects()
    {
        Assert.Equal(0, Run("pin", "model", "--reason", "published").Code);
        Assert.Equal("published", Json(0, "show", "model").GetProperty("realizations")[0].GetProperty("pins")[0].GetProperty("reason").GetString());
        Assert.Equal(0, Run("unpin", "model").Code);
        Assert.Equal(2, Run("unpin", "model").Code);
        Assert.Equal(2, Run("rm", "model").Code);
        Assert.Single(Json(0, "reject", "model", "--reason", "wrong data").GetProperty("rejected").EnumerateArray());
        Assert.Equal(["model#6"], _farm.Build().Ran);
        Assert.Contains("\trejected: wrong data\t", Run("ls", "--runs").Output, StringComparison.Ordinal);
        Assert.Equal("wrong data", Assert.Single(Json(0, "ls", "--runs").EnumerateArray(), r => r.GetProperty("state").GetString() == "rejected").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("show", "nonsense")]
    [InlineData("show", "0")]
    [InlineData("frobnicate")]
    [InlineData("gc", "--older-than", "soon")]
    [InlineData("ls", "--store", "/nowhere/at/all")]
    public void Says_what_is_wrong(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("lightnix: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_the_code_of_a_store_that_it_does_not_know()
    {
        _farm.Sh("chmod u+w format; echo lightnix-store/9 > format");

        Assert.Contains("LNX3001", Run("ls") is (3, _, var error) ? error : "", StringComparison.Ordinal);
    }
}
