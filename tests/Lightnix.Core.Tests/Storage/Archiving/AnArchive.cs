using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>An archive of a result with all kinds of entries, in another store.</summary>
[Trait("Speed", "Slow")]
public sealed class AnArchive : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Run _run;
    readonly byte[] _archive;

    public AnArchive()
    {
        var all = _temp.Make("all", """
            mkdir -p empty sub/deep; echo same > plain; echo same > sub/run; chmod +x sub/run
            echo only > sub/deep/tool; chmod +x sub/deep/tool
            ln -s sub/run link; truncate -s 3M zeros; printf '' > nothing; echo odd > 'a name % with
            a break'
            """);
        using var store = Store.Open(_temp["from"]);
        _run = Samples.BuildOnce(store, all);
        var tree = store.Trees.Take(all);
        _run = _run with { Tree = tree.Reference, Facts = _run.Facts with { Order = 2, Nonce = "all" } };
        store.Records.Add(_run);
        using var archive = new MemoryStream();
        new ArchiveWriting(store.Tool).Write(new Closures(store).Of([new(_run.Facts.Resolved, _run.Tree)]), archive);
        _archive = archive.ToArray();
    }

    public void Dispose() => _temp.Dispose();

    ImportReport Import(Store store)
    {
        using var archive = new MemoryStream(_archive);
        return store.Archives.Import(archive, "test");
    }

    static void AssertSound(Store store) => Assert.Equal([], store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));

    [Fact]
    public void Gives_the_same_tree()
    {
        using var store = Store.Open(_temp["to"]);

        var report = Import(store);

        AssertSound(store);
        Assert.Equal(_run.Tree, report.Results[0].Tree);
        Sh.Run("""
            [ -x sub/run ]; [ ! -x plain ]; cmp plain link; [ "$(readlink link)" = sub/run ]; [ -d empty ]; [ ! -s nothing ]
            [ -f 'a name % with
            a break' ]; [ "$(stat -c %s zeros)" = 3145728 ]; [ "$(stat -c %b zeros)" -lt 100 ]
            """, store.Trees.FolderOf(_run.Tree));
        Assert.Equal("it went well\n", File.ReadAllText(store.Records.FileOf(_run.Facts.Log!)));
        Assert.Single(store.Records.History(_run.Facts.Resolved).Runs);
    }

    [Fact]
    public void Has_a_program_and_what_a_result_was_adopted_from()
    {
        using var from = Store.Open(_temp["from"]);
        var program = from.Trees.Take(_temp.Make("program", "echo dll > a.dll"));
        var resolved = new Resolved { Builder = new Builder.Program(program.Reference, RelativePath.Parse("a.dll"), []) };
        from.Records.Add(resolved);
        var derivation = Samples.Derivation() with { Builder = resolved.Builder };
        from.Records.Add(derivation);
        var origin = new Realization(_run.Facts.Resolved, _run.Tree);
        var adopted = _run with
        {
            Facts = _run.Facts with { Resolved = resolved.Reference(), Derivation = derivation.Reference() },
            Adopted = new(origin.Reference(), _run.Reference(), "a comment", "me@here", DateTimeOffset.UnixEpoch),
        };
        from.Records.Add(adopted);
        using var archive = new MemoryStream();
        new ArchiveWriting(from.Tool).Write(new Closures(from).Of([new(resolved.Reference(), _run.Tree)]), archive);
        using var store = Store.Open(_temp["to"]);

        using (var read = new MemoryStream(archive.ToArray()))
            store.Archives.Import(read, "test");

        AssertSound(store);
        Assert.Equal(adopted.Reference(), Assert.Single(store.Records.History(resolved.Reference()).Runs).Reference());
        Assert.Equal(_run.Reference(), Assert.Single(store.Records.History(origin.Resolved).Runs).Reference());
        Assert.True(store.Trees.Contains(program.Reference) && store.Trees.Contains(_run.Tree));
    }

    [Fact]
    public void Heals_what_the_store_has_in_another_state()
    {
        using var store = Store.Open(_temp["to"]);
        Import(store);
        // Only a tree has the bytes; and the listing's tree was collected.
        Sh.Run($"find files -type f -delete; chmod -R u+w trees; rm -r trees/{_run.Tree}", store.Folder);

        var report = Import(store);

        Assert.Equal((0, 1), (report.NewRuns, report.NewTrees));
        AssertSound(store);
    }

    [Fact]
    public void Is_taken_beside_a_collection()
    {
        using (var before = Store.Open(_temp["to"]))
            Import(before);
        using var store = Store.Open(_temp["to"]);
        var collected = 0;
        using var archive = new MemoryStream(_archive);

        // Contents that were found in the store are still needed.
        store.Archives.Import(archive, "test", (_, _) => collected += collected > 0 ? 0 : CollectAll());

        Assert.True(collected > 0);
        Assert.True(store.Trees.Contains(_run.Tree));
        AssertSound(store);
    }

    int CollectAll()
    {
        using var other = Store.Open(_temp["to"]);
        return other.Maintenance.Collect(new() { OlderThan = TimeSpan.Zero }, DateTimeOffset.UtcNow.AddMinutes(1)).Items.Length;
    }

    [Fact]
    public void That_is_killed_leaves_things_that_are_whole()
    {
        var (steps, all) = (0, 0);
        using (var store = Store.Open(_temp["whole"], new Disk(_ => steps++)))
        {
            Import(store);
            all = steps;
        }

        for (var step = 1; step <= all; step++)
            DieAt(step, _temp[$"store{step.ToString(CultureInfo.InvariantCulture)}"]);
    }

    void DieAt(int last, string folder)
    {
        var step = 0;
        // Never disposed: a process that is killed tidies nothing.
        var dying = new Disk(_ =>
        {
            if (++step >= last)
                throw new DiedException();
        });
        Assert.Throws<DiedException>(() => Import(Store.Open(folder, dying)));
        using var store = Store.Open(folder);
        AssertSound(store);
        Import(store);
        AssertSound(store);
        Assert.True(store.Trees.Contains(_run.Tree));
    }

    sealed class DiedException : Exception;
}
