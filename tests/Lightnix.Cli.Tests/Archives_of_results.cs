namespace Lightnix.Cli;

/// <summary><c>lightnix export</c> and <c>lightnix import</c>, with a real project.</summary>
[Trait("Speed", "Slow")]
public sealed class Archives_of_results : IDisposable
{
    readonly BuiltTool _tool = new();

    public void Dispose() => _tool.Dispose();

    string Archive => Path.Combine(_tool.Farm.Folder, "model.tar.zst");
    string Other => Path.Combine(_tool.Farm.Folder, "other");

    // The store moves away, and what is imported takes its place.
    void MoveToAnotherMachine(params string[] what)
    {
        Assert.Equal(0, _tool.Run(["export", .. what, "-o", Archive]).Code);
        Directory.Move(_tool.Farm.StoreFolder, Other);
        var (code, output, error) = _tool.Run("import", Archive);
        Assert.True(code == 0, output + error);
        Assert.All(output.TrimEnd().Split('\n'), row => Assert.Equal(64, row.Split('\t')[1].Length));
        _tool.Farm.AssertSound();
    }

    static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order()];

    string[] Everything() =>
    [
        .. Directory.EnumerateFileSystemEntries(_tool.Farm.StoreFolder, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(_tool.Farm.StoreFolder, f).StartsWith("cache", StringComparison.Ordinal)).Order(),
    ];

    void Sh(string script) => Storage.Sh.Run(script, _tool.Farm.Folder);

    (int Code, string Output, string Error) ImportChanged(string script)
    {
        Sh($"rm -rf unpacked; mkdir unpacked; cd unpacked; tar --zstd -xf ../model.tar.zst; {script}");
        // In the order of the archive: the manifest, records by name, contents by name.
        Sh("""
            cd unpacked; ls lightnix-archive.json > ../list
            export LC_ALL=C
            find . ! -type d -printf '%P\n' | grep -v -e ^files/ -e ^lightnix-archive | sort >> ../list
            find . ! -type d -printf '%P\n' | grep ^files/ | sort >> ../list
            tar --zstd -cf ../changed.tar.zst --no-recursion -T ../list
            """);
        return _tool.Run("import", Path.Combine(_tool.Farm.Folder, "changed.tar.zst"));
    }

    [Fact]
    public void Let_a_build_elsewhere_run_nothing()
    {
        MoveToAnotherMachine("model");

        Assert.Equal([], _tool.Farm.Build().Ran);
        // What was not chosen counts, and has no files here.
        Assert.Equal(5, _tool.Json(0, "ls", "--runs").EnumerateArray().Count(r => r.GetProperty("stage").GetString() == "model"));
        Assert.Equal(2, Names(Path.Combine(_tool.Farm.StoreFolder, "trees")).Length);
    }

    [Fact]
    public void Hold_one_result_without_its_siblings()
    {
        var model = _tool.Realization("model");
        Assert.Equal(0, _tool.Run("note", "model", "worth a look").Code);
        MoveToAnotherMachine(model);

        var trace = _tool.Json(0, "trace", model);

        Assert.Equal(["model", "data"], trace.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("stage").GetString()));
        Assert.All(trace.GetProperty("results").EnumerateArray(), r => Assert.True(r.GetProperty("present").GetBoolean()));
        Assert.Equal(2, Directory.GetFiles(_tool.Farm.StoreFolder, "run.*", SearchOption.AllDirectories).Length);
        Assert.Equal(2, Names(Path.Combine(_tool.Farm.StoreFolder, "listings")).Length);
        Assert.Contains("worth a look", _tool.Run("show", model).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hold_nothing_of_stages_that_read_them()
    {
        MoveToAnotherMachine("data");

        Assert.Single(Directory.GetFiles(_tool.Farm.StoreFolder, "run.*", SearchOption.AllDirectories));
        Assert.Single(Names(Path.Combine(_tool.Farm.StoreFolder, "derivations")));
    }

    [Fact]
    public void Hold_all_stages_that_a_pattern_means()
    {
        MoveToAnotherMachine("*");

        Assert.Equal([], _tool.Farm.Build().Ran);
    }

    [Fact]
    public void Have_the_same_bytes_each_time()
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);
        Assert.Equal(0, _tool.Run("export", "Model", "-o", Archive + "2").Code);

        Assert.Equal(File.ReadAllBytes(Archive), File.ReadAllBytes(Archive + "2"));
    }

    [Fact]
    public void Add_nothing_that_is_there()
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);
        var before = Everything();

        var report = _tool.Json(0, "import", Archive);

        Assert.Equal((6, 0), (report.GetProperty("runs").GetInt32(), report.GetProperty("newRuns").GetInt32()));
        Assert.Equal((2, 0), (report.GetProperty("trees").GetInt32(), report.GetProperty("newTrees").GetInt32()));
        Assert.Equal(before, Everything());
        Assert.Equal([], _tool.Farm.Build().Ran);
    }

    [Fact]
    public void Come_through_a_pipe()
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        var project = _tool.Farm.ProjectFolder;
        Sh($"cd '{project}'; dotnet exec '{dll}' export model -o - --store ../store | dotnet exec '{dll}' import - --store ../other");

        Assert.Equal(2, Names(Path.Combine(Other, "trees")).Length);
    }

    [Fact]
    public void Are_read_by_tar_and_sha256sum()
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);

        Sh("""
            mkdir unpacked; cd unpacked; tar --zstd -xf ../model.tar.zst
            for file in derivations/*.json; do echo "$(basename "$file" .json)  $file"; done | sha256sum --check --quiet
            for file in files/*/* logs/*/* listings/*; do
              [ ! -f "$file" ] || echo "$(basename "$file")  $file"; done | sha256sum --check --quiet
            """);
    }

    [Theory]
    [InlineData("printf x | dd of=$(ls files/*/* | head -n 1) conv=notrunc 2> dd; rm dd", "SHA-256")]
    [InlineData("rm $(find files -type f -size +1k | head -n 1)", "lacks its file 'weights'")]
    [InlineData("rm derivations/*", "lacks its derivation")]
    [InlineData("rm listings/*", "which nothing in it names")]
    [InlineData("echo x > files/more", "does not belong to an archive")]
    [InlineData("mkdir -p trees; ln -s /etc/passwd trees/link", "does not belong to an archive")]
    [InlineData("sed -i 's|archive/1|archive/9|' lightnix-archive.json", "lightnix/archive/9")]
    [InlineData("h=$(echo 1 | sha256sum | cut -c1-64); mkdir -p files/$(echo $h | cut -c1-2); echo 1 > files/$(echo $h | cut -c1-2)/$h",
        "which nothing in it names")]
    [InlineData("f=$(ls listings/* | head -n 1); t=$(sed 's| [^ ]*$| ../../up|' $f); h=$(printf '%s\\n' \"$t\" | sha256sum | cut -c1-64); "
        + "printf '%s\\n' \"$t\" > listings/$h", "cannot be used")]
    [InlineData("l='lightnix/tree/1\\nl /etc/passwd model\\n'; h=$(printf \"$l\" | sha256sum | cut -c1-64); printf \"$l\" > listings/$h",
        "leads out of the tree")]
    public void Are_refused_whole_when_they_are_damaged(string damage, string why)
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);
        Directory.Move(_tool.Farm.StoreFolder, Other);
        Directory.CreateDirectory(_tool.Farm.StoreFolder);
        var made = _tool.Run("import", "--help");
        Assert.Equal(0, made.Code);

        var (code, _, error) = ImportChanged(damage);

        Assert.Contains("LNX3007", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal(3, code);
        Assert.All(Directory.GetFiles(_tool.Farm.StoreFolder, "*", SearchOption.AllDirectories),
            f => Assert.Equal("format", Path.GetFileName(f)));
    }

    [Fact]
    public void Are_refused_whole_when_they_are_cut_short_anywhere()
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);
        Directory.Move(_tool.Farm.StoreFolder, Other);
        var bytes = File.ReadAllBytes(Archive);
        foreach (var length in new[] { 0, 3, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(Archive, bytes[..length]);
            var (code, _, error) = _tool.Run("import", Archive);
            Assert.True(code == 3 && error.Contains("LNX3007", StringComparison.Ordinal), $"{length}: {error}");
            Assert.Empty(Names(Path.Combine(_tool.Farm.StoreFolder, "files")));
            Assert.Empty(Names(Path.Combine(_tool.Farm.StoreFolder, "work")));
        }
    }

    [Fact]
    public void Are_written_from_a_store_that_may_only_be_read()
    {
        Assert.Equal(0, _tool.Run("export", "model", "-o", Archive).Code);
        var model = _tool.Realization("model");
        var before = Everything();
        Sh("chmod -R a+rX .; chmod a+rwx .");

        var dll = Path.Combine(AppContext.BaseDirectory, "lightnix.dll");
        if (Environment.UserName == "root")
            Sh($"setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME=/tmp dotnet exec '{dll}' export {model} "
                + "-o theirs.tar.zst --store store");
        else
            Assert.Equal(0, _tool.Run("export", model, "-o", Path.Combine(_tool.Farm.Folder, "theirs.tar.zst")).Code);

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Name_a_stage_that_has_no_result()
    {
        _tool.Farm.Sh("rm roots/*");
        Assert.False(_tool.Farm.Build("", recipe: "x; exit 3;").Succeeded);

        var (code, _, error) = _tool.Run("export", "data", "model", "-o", Archive);

        Assert.Equal(2, code);
        Assert.Contains("chose nothing for 'model'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Do_not_blame_the_store_where_they_cannot_be_written()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // No file can be made there.
        var (code, _, error) = _tool.Run("export", "model", "-o", "/proc/model.tar.zst");

        Assert.Equal(4, code);
        Assert.Contains("'/proc/model.tar.zst' could not be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_what_is_missing()
    {
        var tree = _tool.Json(0, "show", "model").GetProperty("realizations")[0].GetProperty("tree").GetString()!;
        _tool.Farm.Sh($"chmod -R u+w trees/{tree} && rm -r trees/{tree}");

        var (code, _, error) = _tool.Run("export", "model", "-o", Archive);

        Assert.Equal(2, code);
        Assert.Contains("were collected", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Archive));
        Assert.Contains("there is no file 'nothing'", _tool.Run("import", "nothing").Error, StringComparison.Ordinal);
    }
}
