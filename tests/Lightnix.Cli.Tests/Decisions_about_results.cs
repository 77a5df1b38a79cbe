namespace Lightnix.Cli;

/// <summary><c>pin</c>, <c>unpin</c>, <c>rm</c> and <c>unreject</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class Decisions_about_results : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Pins_and_rejects()
    {
        Assert.Equal(0, _tool.Run("pin", "model", "--reason", "published").Code);
        var pin = _tool.Json(0, "show", "model").GetProperty("realizations")[0].GetProperty("pins")[0];
        Assert.Equal("published", pin.GetProperty("reason").GetString());
        Assert.Equal(0, _tool.Run("unpin", "model").Code);
        Assert.Equal(2, _tool.Run("unpin", "model").Code);
        Assert.Equal(2, _tool.Run("rm", "model").Code);
        Assert.Single(_tool.Json(0, "reject", "model", "--reason", "wrong data").GetProperty("rejected").EnumerateArray());
        Assert.Equal(["model#6"], _tool.Farm.Build().Ran);
        Assert.Contains("\trejected: wrong data\t", _tool.Run("ls", "--runs").Output, StringComparison.Ordinal);
        var rejected = Assert.Single(_tool.Json(0, "ls", "--runs").EnumerateArray(), r => r.GetProperty("state").GetString() == "rejected");
        Assert.Equal("wrong data", rejected.GetProperty("reason").GetString());
    }

    [Fact]
    public void Takes_a_rejection_back()
    {
        const string one = "";
        Assert.True(_tool.Farm.Build(one, recipe: "same").Succeeded);
        var model = _tool.Farm.Model().Results[0].Realization.Short;
        Assert.Equal(0, _tool.Run("rm", "model", "--reason", "a typo").Code);
        Assert.False(_tool.Farm.Build($"""<Matcher Include="model" Select="Exact" Realizations="{model}" />""", recipe: "same").Succeeded);
        var unsatisfied = Assert.Single(_tool.Farm.Said, s => s.Contains("LNX2005", StringComparison.Ordinal));
        Assert.Contains("a typo", unsatisfied, StringComparison.Ordinal);
        Assert.Contains($"'lightnix unreject {model} --store {_tool.Farm.StoreFolder}'", unsatisfied, StringComparison.Ordinal);

        var unrejected = _tool.Json(0, "unreject", "model").GetProperty("unrejected").EnumerateArray().Select(r => r.GetString()!);
        Assert.Equal([_tool.Farm.Model().Results[0].Realization.ToString()], unrejected);

        Assert.Empty(_tool.Farm.Build(one, recipe: "same").Ran);
        Assert.Equal(model, _tool.Farm.Model().Results[0].Realization.Short);
        Assert.Equal(2, _tool.Run("unreject", "model").Code);
        Assert.Equal(2, _tool.Run("unreject", model).Code);
    }

    [Fact]
    public void Pins_what_a_result_was_made_from()
    {
        var pinned = _tool.Json(0, "pin", "model", "--closure").GetProperty("pinned").EnumerateArray()
            .Select(r => r.GetString()!).ToArray();
        Assert.Equal(2, pinned.Length);
        File.Delete(_tool.Farm.Project);

        Assert.Equal(0, _tool.Run("gc", "--yes", "--older-than", "0").Code);

        Assert.Equal(2, _tool.Farm.Trees);
        Assert.Equal(2, _tool.Json(0, "unpin", pinned[0], "--closure").GetProperty("unpinned").GetArrayLength());
    }

    [Fact]
    public void Removes_kept_sources()
    {
        var source = Path.Combine(_tool.Farm.ProjectFolder, "secret.txt");
        File.WriteAllText(source, "a password");
        Assert.True(_tool.Farm.Build(Storage.Farm.Best + """<Source Include="secret.txt" Stage="model" />""").Succeeded);
        Assert.Contains("a password", Contents());

        var removed = Assert.Single(_tool.Json(0, "rm", "model", "--sources").GetProperty("removed").EnumerateArray());

        Assert.Equal("secret.txt", removed.GetProperty("path").GetString());
        Assert.DoesNotContain("a password", Contents());
        Assert.Equal(0, _tool.Run("verify").Code);
        Assert.Empty(_tool.Json(0, "rm", "model", "--sources").GetProperty("removed").EnumerateArray());
    }

    [Fact]
    public void Removes_kept_sources_of_a_matrix()
    {
        var project = _tool.Farm.ProjectFolder;
        File.WriteAllText(Path.Combine(project, "one.txt"), "a password");
        File.WriteAllText(Path.Combine(project, "two.txt"), "no password");
        Assert.True(_tool.Farm.Build(Storage.Farm.Best + """
            <Stage Include="cell" Matrix="rate=0.1,0.2" Command="echo @{params.rate} > @{out}/r" /><Source Include="one.txt" Stage="cell" />
            <Stage Include="cell-final" Command="echo 0.1 > @{out}/r" /><Source Include="two.txt" Stage="cell-final" />
            """).Succeeded);

        var removed = Assert.Single(_tool.Json(0, "rm", "cell", "--sources").GetProperty("removed").EnumerateArray());

        Assert.Equal("one.txt", removed.GetProperty("path").GetString());
        Assert.Contains("no password", Contents());
    }

    [Fact]
    public void Name_kept_sources_of_earlier_versions()
    {
        var source = Path.Combine(_tool.Farm.ProjectFolder, "secret.txt");
        const string matcher = Storage.Farm.Best + """<Source Include="secret.txt" Stage="model" />""";
        File.WriteAllText(source, "a password");
        Assert.True(_tool.Farm.Build(matcher).Succeeded);
        File.WriteAllText(source, "none");
        Assert.True(_tool.Farm.Build(matcher).Succeeded);

        var output = _tool.Run("rm", "model", "--sources").Output;

        Assert.Contains("a password", Contents());
        Assert.DoesNotContain("none", Contents());
        var line = Assert.Single(output.Split('\n'), l => l.Contains(" stays, of another version of the stage", StringComparison.Ordinal));
        var words = line.Split(": ")[1].Split(' ');
        Assert.Equal(0, _tool.Run([.. words.SkipWhile(w => w != "rm")]).Code);
        Assert.DoesNotContain("a password", Contents());
        Assert.DoesNotContain("stays", _tool.Run("rm", "model", "--sources").Output, StringComparison.Ordinal);
    }

    string[] Contents() =>
        [.. Directory.GetFiles(Path.Combine(_tool.Farm.StoreFolder, "files"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)];
}
