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

    [Theory]
    [InlineData("mkfifo $f")]
    [InlineData("ln -s /dev/zero $f")]
    [InlineData("mkdir $f")]
    public void Reads_nothing_but_a_file_as_a_log(string other)
    {
        _farm.Sh($"for f in logs/*/*; do rm -f $f; {other}; done");

        var (code, _, error) = Run("log", "model");

        Assert.Equal(2, code);
        Assert.Contains("is not in the store any more", error, StringComparison.Ordinal);
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
    public void Names_the_store_that_was_named_in_its_cures()
    {
        var other = Path.Combine(_farm.Folder, "another store");
        _farm.Sh($"cp -a . '{other}'; chmod 555 '{other}'/trees/*/weights");

        Assert.Contains($"cure: lightnix verify --repair --store '{other}'\n", Run("verify", "--store", other).Output, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("\"order\":1,", "\"order\":9223372036854775807,")]
    [InlineData("\"order\":1,", "\"order\":1,\"replicate\":-5,")]
    [InlineData("\"nonce\":\"", "\"nonce\":\"\\ud800")]
    public void Says_which_record_makes_no_sense(string from, string to)
    {
        Forge("run", from, to);

        foreach (var verb in new[] { new[] { "show", "model" }, ["log", "model"], ["ls"], ["ls", "--runs"] })
        {
            var (code, output, error) = Run(verb);
            Assert.True(code == 3 && error.StartsWith("lightnix: error LNX3001: the store is damaged: ", StringComparison.Ordinal), $"{verb[0]}: {code}: {output}{error}");
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        // What is right is listed.
        Assert.Contains("data\t", Run("ls").Output, StringComparison.Ordinal);
        Assert.Equal((1, true), Run("verify") is var (found, text, _) ? (found, text.Contains("/run.", StringComparison.Ordinal) && text.Contains("cannot be read", StringComparison.Ordinal)) : default);
        Assert.Equal(0, Run("verify", "--repair").Code);
        Assert.Equal(0, Run("ls").Code);
    }

    [Fact]
    public void Shows_no_control_characters_of_others()
    {
        const string hostile = "printf '\\033[31mred\\033]0;t\\007\\302\\233\\n##vso[x]\\n';";
        Assert.True(_farm.Build(recipe: $"x; {hostile} :").Succeeded);
        Assert.Equal(0, Run("rm", "model", "--reason", "\u001b[2J\u009b\u202e\nstate: chosen").Code);

        // A pipe gets the bytes of a log, and nothing else that is raw.
        Assert.Contains("\u001b[31mred\u001b]0;t\u0007\u009b\n##vso[x]\n", Run("log", "model").Output, StringComparison.Ordinal);
        foreach (var verb in new[] { new[] { "ls", "--runs" }, ["ls", "--runs", "--json"], ["show", "model"], ["show", "model", "--json"], ["log", "model", "--json"] })
            Assert.DoesNotContain(Run(verb).Output, c => (char.IsControl(c) && c is not ('\n' or '\t')) || c == '\u202e');
        Assert.Contains("%1B[2J%C2%9B%E2%80%AE", Run("show", "model").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Run("show", "model").Output.Split('\n'), l => l == "state: chosen");

        // On a terminal, nothing of others is obeyed.
        if (Terminal("log", "model") is not { } terminal)
            return;
        Assert.Contains("%1B[31mred%1B]0;t%07%C2%9B", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m", terminal, StringComparison.Ordinal);
    }

    // A pseudo-terminal of Python's; null where there is none.
    string? Terminal(params string[] arguments)
    {
        var command = string.Join(", ", ((string[])["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), .. arguments]).Select(a => $"'{a}'"));
        var start = new ProcessStartInfo("python3", ["-c", $"import pty; pty.spawn([{command}])"]) { WorkingDirectory = Path.GetDirectoryName(_farm.Project)!, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["LIGHTNIX_STORE"] = _farm.StoreFolder;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    // The bytes are changed, and their name with them: a digest alone does not find that.
    void Forge(string kind, string from, string to)
    {
        var chosen = Json(0, "show", "model");
        var folder = Path.Combine(_farm.StoreFolder, "resolved", chosen.GetProperty("resolved").GetString()!);
        foreach (var file in Directory.GetFiles(folder, $"{kind}.*").Where(f => File.ReadAllText(f).Contains(from, StringComparison.Ordinal)))
        {
            var forged = System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
            File.Delete(file);
            var path = Path.Combine(folder, $"{kind}.{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(forged))}.json");
            File.WriteAllBytes(path, forged);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    [Fact]
    public void Has_one_state_for_a_result_in_all_verbs()
    {
        var runs = Json(0, "ls", "--runs").EnumerateArray().Where(r => r.GetProperty("stage").GetString() == "model").ToArray();
        var chosen = runs.Single(r => r.GetProperty("state").GetString() == "chosen").GetProperty("realization").GetString()!;
        var shown = Json(0, "show", chosen);

        Assert.Equal("chosen", shown.GetProperty("state").GetString());
        Assert.Equal(shown.GetProperty("tree").GetString(), shown.GetProperty("record").GetProperty("tree").GetString());
        Assert.All(shown.GetProperty("runs").EnumerateArray(), r => Assert.Equal("chosen", r.GetProperty("state").GetString()));
        Assert.Equal("chosen", Json(0, "show", "model").GetProperty("realizations")[0].GetProperty("runs")[0].GetProperty("state").GetString());

        Assert.Equal(0, Run("rm", chosen, "--reason", "typo").Code);

        Assert.Equal("rejected", Json(0, "ls").EnumerateArray().Single(c => c.GetProperty("stage").GetString() == "model").GetProperty("state").GetString());
        Assert.Equal("rejected", Json(0, "show", chosen).GetProperty("state").GetString());
        Assert.Contains("rejected", Run("ls").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_rejection_back()
    {
        const string one = "";
        Assert.True(_farm.Build(one, recipe: "same").Succeeded);
        var model = _farm.Model().Results[0].Realization.Short;
        Assert.Equal(0, Run("rm", "model", "--reason", "a typo").Code);
        Assert.True(_farm.Build("""<Matcher Include="model" Select="Exact" Realizations="MODEL" />""".Replace("MODEL", model, StringComparison.Ordinal), recipe: "same").Succeeded is false, "it is rejected");
        Assert.Contains(_farm.Said, s => s.Contains("LNX2005", StringComparison.Ordinal) && s.Contains("a typo", StringComparison.Ordinal) && s.Contains($"'lightnix unreject {model} --store {_farm.StoreFolder}'", StringComparison.Ordinal));

        Assert.Equal([_farm.Model().Results[0].Realization.ToString()], Json(0, "unreject", "model").GetProperty("unrejected").EnumerateArray().Select(r => r.GetString()!));

        Assert.Empty(_farm.Build(one, recipe: "same").Ran);
        Assert.Equal(model, _farm.Model().Results[0].Realization.Short);
        Assert.Equal(2, Run("unreject", "model").Code);
        Assert.Equal(2, Run("unreject", model).Code);
    }

    [Fact]
    public void Shows_a_stage_whose_last_build_failed()
    {
        Assert.False(_farm.Build("""<Matcher Include="model" Select="Only" AtLeast="2" />""", recipe: "other").Succeeded);
        Assert.Equal(7, Json(0, "ls", "--runs").EnumerateArray().Count(r => r.GetProperty("stage").GetString() == "model"));
        Assert.Contains(Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "model" && c.GetProperty("failed").GetBoolean() && c.GetProperty("state").GetString() == "chosen");

        // As if it had never been chosen.
        _farm.Sh("rm -f roots/*");
        Assert.False(_farm.Build("""<Matcher Include="model" Select="Only" AtLeast="2" />""", recipe: "other").Succeeded);

        var shown = Json(0, "show", "model").GetProperty("failed");
        Assert.Equal(2, shown.GetProperty("runs").GetArrayLength());
        Assert.All(shown.GetProperty("runs").EnumerateArray(), r => Assert.Equal("kept", r.GetProperty("state").GetString()));
        Assert.Contains("failed", Run("ls").Output, StringComparison.Ordinal);
        Assert.Contains(Json(0, "ls").EnumerateArray(), c => c.GetProperty("stage").GetString() == "model" && c.GetProperty("state").GetString() == "failed");
        Assert.Equal(2, Json(0, "ls", "--runs").EnumerateArray().Count(r => r.GetProperty("stage").GetString() == "model"));

        var resolved = shown.GetProperty("resolved").GetString()!;
        var (code, _, error) = Run("rm", resolved[..12], "--reason", "x");
        Assert.Equal(2, code);
        Assert.Contains("resolved derivation", error, StringComparison.Ordinal);
        Assert.Contains(shown.GetProperty("runs")[0].GetProperty("realization").GetString()![..12], error, StringComparison.Ordinal);
        var refused = Run("rm", "model", "--reason", "x").Error;
        Assert.Contains("chose nothing for 'model', so name one of its results: ", refused, StringComparison.Ordinal);
        Assert.Equal(0, Run("pin", refused.Split(": ")[^1].Split(", ")[0].Trim()).Code);
    }

    [Fact]
    public void Says_that_a_failed_stage_has_no_result()
    {
        Assert.False(_farm.Build("", recipe: "x; exit 3;").Succeeded);
        _farm.Sh("rm -f roots/*");
        Assert.False(_farm.Build("", recipe: "x; exit 3;").Succeeded);

        Assert.Contains("\tfailed: no result, 2 failed runs", Run("ls").Output, StringComparison.Ordinal);
        Assert.Contains("it has no result: 'lightnix log model' shows why", Run("pin", "model").Error, StringComparison.Ordinal);
        Assert.Contains("a stage that was not tried because an input failed (model)", Run("show", "below").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_distinct_results_of_a_stage_without_a_choice()
    {
        const string constant = "; echo -1 > @{out}/accuracy.txt; echo > @{out}/weights; exit 0;";
        Assert.False(_farm.Build("""<Matcher Include="model" Select="All" AtLeast="2" AtMost="2" />""", recipe: constant).Succeeded);

        Assert.Contains("\tfailed: 1 result of 2 runs, none chosen", Run("ls").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pins_what_a_result_was_made_from()
    {
        var pinned = Json(0, "pin", "model", "--closure").GetProperty("pinned").EnumerateArray().Select(r => r.GetString()!).ToArray();
        Assert.Equal(2, pinned.Length);
        File.Delete(_farm.Project);

        Assert.Equal(0, Run("gc", "--yes", "--older-than", "0").Code);

        Assert.Equal(2, _farm.Trees);
        Assert.Equal(2, Json(0, "unpin", pinned[0], "--closure").GetProperty("unpinned").GetArrayLength());
    }

    [Theory]
    [InlineData("sow", "'lightnix show'")]
    [InlineData("LS", "'lightnix ls'")]
    [InlineData("verfy", "'lightnix verify'")]
    [InlineData("unknownverb", "the verbs are ls, show")]
    public void Suggests_a_verb(string verb, string suggestion)
    {
        var (code, _, error) = Run(verb);

        Assert.Equal(2, code);
        Assert.Contains(suggestion, error.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("required", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("ls --json")]
    [InlineData("log model")]
    public void Tells_a_full_disk_below_its_output_from_the_store(string verb)
    {
        if (!File.Exists("/dev/full"))
            return;
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        var start = new ProcessStartInfo("sh", ["-c", $"dotnet exec '{dll}' {verb} > /dev/full"]) { WorkingDirectory = Path.GetDirectoryName(_farm.Project)!, RedirectStandardError = true };
        start.Environment["LIGHTNIX_STORE"] = _farm.StoreFolder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(4, process.ExitCode);
        Assert.Contains("could not be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "no root of", "ls", "--project", "nope.lnproj")]
    [InlineData(2, "no root of", "show", "model", "--project", "..")]
    [InlineData(2, "names no project", "gc", "--forget", "")]
    [InlineData(2, "no number of results", "gc", "--keep-best", "-1")]
    [InlineData(2, "no number of results", "gc", "--keep-last", "-1")]
    [InlineData(2, "is no age", "gc", "--older-than", "")]
    [InlineData(2, "is no size", "gc", "--max-size", "")]
    [InlineData(2, "'' is no stage", "show", "")]
    [InlineData(2, "'' is no stage", "log", "")]
    [InlineData(2, "'' is no stage", "pin", "")]
    [InlineData(2, "'' is no stage", "unpin", "", "--closure")]
    [InlineData(2, "'' is no stage", "rm", "", "--reason", "x")]
    [InlineData(2, "'' is no stage", "unreject", "")]
    [InlineData(3, "LNX3006", "gc", "--forget", "nope")]
    [InlineData(0, "", "ls", "--project", "")]
    [InlineData(0, "", "ls", "--project", "./")]
    [InlineData(0, "", "verify", "--store", "")]
    public void Says_what_is_wrong_with_a_value(int expected, string said, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, output.Length > 0);
    }

    [Fact]
    public void Helps()
    {
        Assert.Contains("unreject", Run("help") is (0, var output, _) ? output : "", StringComparison.Ordinal);
        Assert.Contains("--older-than", Run("help", "gc") is (0, var gc, _) ? gc : "", StringComparison.Ordinal);
    }
}
