using System.Formats.Tar;
using Lightnix.Hashing;
using Lightnix.Model;
using ZstdSharp;

namespace Lightnix.Storage;

/// <summary>An archive of a run with an input, of which each digest is right, and which was changed all the same.</summary>
public sealed class AnArchiveThatIsNotWhole : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Run _input, _run;

    public AnArchiveThatIsNotWhole()
    {
        using var store = Store.Open(_temp["from"]);
        var files = _temp.Make("files", "echo 1 > one; echo 2 > two");
        _input = Samples.BuildOnce(store, files);
        var derivation = Samples.Derivation("read it") with { Inputs = [new("data", [], _input.Facts.Derivation)] };
        store.Records.Add(derivation);
        store.Records.Add(Samples.Resolved("read it"));
        _run = _input with
        {
            Facts = _input.Facts with
            {
                Resolved = Samples.Resolved("read it").Reference(),
                Derivation = derivation.Reference(),
                Context = _input.Facts.Context.Add("data", [_input.Realization]),
            },
        };
        store.Records.Add(_run);
        store.Records.Add(new Rejection(_input.Realization, "odd", "me", DateTimeOffset.UnixEpoch));
        store.Records.Add(new Note(_run.Reference().Digest, "good", "me", DateTimeOffset.UnixEpoch), _run.Facts.Resolved);
    }

    public void Dispose() => _temp.Dispose();

    byte[] Export()
    {
        using var store = Store.Open(_temp["from"]);
        using var archive = new MemoryStream();
        new ArchiveWriting(store.Tool).Write(new Closures(store).Of([new(_run.Facts.Resolved, _run.Tree)]), archive);
        return archive.ToArray();
    }

    void Import(byte[] bytes)
    {
        using var store = Store.Open(_temp["to"]);
        using var archive = new MemoryStream(bytes);
        store.Archives.Import(archive, "test");
        Assert.Equal([], store.Maintenance.Verify().Select(d => $"{d.Place} {d.Problem}"));
    }

    static Dictionary<string, byte[]> Unpack(byte[] archive)
    {
        using var bytes = new MemoryStream(archive);
        using var plain = new DecompressionStream(bytes);
        using var tar = new TarReader(plain);
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            members.Add(entry.Name, content.ToArray());
        }
        return members;
    }

    static byte[] Pack(Dictionary<string, byte[]> members)
    {
        using var bytes = new MemoryStream();
        using (var packed = new CompressionStream(bytes))
        using (var tar = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in members.OrderBy(m => m.Key != ArchiveManifest.Name)
                .ThenBy(m => m.Key.StartsWith("files/", StringComparison.Ordinal)).ThenBy(m => m.Key, StringComparer.Ordinal))
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        return bytes.ToArray();
    }

    void AssertRefused(string why, Action<Dictionary<string, byte[]>> change)
    {
        var members = Unpack(Export());
        change(members);

        var refused = Assert.Throws<StoreException>(() => Import(Pack(members)));

        Assert.Equal("LNX3007", refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temp["to/resolved"]) && Directory.EnumerateFileSystemEntries(_temp["to/resolved"]).Any());
    }

    static void Remove(Dictionary<string, byte[]> members, string start)
    {
        foreach (var name in members.Keys.Where(n => n.StartsWith(start, StringComparison.Ordinal)).ToList())
            members.Remove(name);
    }

    static void Add(Dictionary<string, byte[]> members, string kind, byte[] bytes, Reference<Resolved> of) =>
        members.Add(new ArchivedName(kind, Digest.Of(bytes), of).ToString(), bytes);

    static void Add(Dictionary<string, byte[]> members, Run run) =>
        Add(members, ArchivedName.Run, run.ToBytes(), run.Facts.Resolved);

    static void Change(Dictionary<string, byte[]> members, Func<ArchiveManifest, ArchiveManifest> change) =>
        members[ArchiveManifest.Name] = change(RecordBytes.Parse<ArchiveManifest>(members[ArchiveManifest.Name])).ToBytes();

    [Fact]
    public void Is_taken_while_it_is_whole() => Import(Pack(Unpack(Export())));

    [Fact]
    public void Is_refused_without_an_input() =>
        AssertRefused($"lacks the result {_input.Realization.Short}", m => Remove(m, $"resolved/{_input.Facts.Resolved}/"));

    [Fact]
    public void Is_taken_without_an_input_that_the_other_store_had_lost()
    {
        Sh.Run($"chmod -R u+w from/resolved; rm -r from/resolved/{_input.Facts.Resolved}", _temp.Folder);

        Import(Export());
    }

    [Fact]
    public void Is_refused_with_another_number_of_bytes() =>
        AssertRefused("it has 4 bytes of files, and should have 5", m => Change(m, c => c with { Size = c.Size + 1 }));

    [Fact]
    public void Is_refused_where_it_names_a_tree_twice() =>
        AssertRefused("names something twice", m => Change(m, c => c with { Trees = [.. c.Trees, .. c.Trees] }));

    [Fact]
    public void Is_refused_with_a_rejection_of_a_result_that_is_not_in_it()
    {
        var rejection = new Rejection(_run.Realization, "why", "me", DateTimeOffset.UnixEpoch).ToBytes();
        AssertRefused("lacks the result that it is of", m => Add(m, ArchivedName.Rejection, rejection, _input.Facts.Resolved));
        AssertRefused("lacks the result that it is of",
            m => Add(m, ArchivedName.Rejection, rejection, new(Digest.Of("other"u8.ToArray()))));
    }

    [Fact]
    public void Is_refused_with_a_note_about_a_run_that_is_not_in_it()
    {
        var note = new Note(_run.Reference().Digest, "why", "me", DateTimeOffset.UnixEpoch).ToBytes();
        AssertRefused("lacks the run that it is about", m => Add(m, ArchivedName.Note, note, _input.Facts.Resolved));
    }

    [Fact]
    public void Is_refused_with_an_order_that_leaves_no_number_to_those_that_follow() => AssertRefused("has the order",
        m => Add(m, _run with { Facts = _run.Facts with { Nonce = "more", Order = (RunFacts.MostOrder / 2) + 1 } }));

    [Fact]
    public void Is_refused_with_a_log_that_no_run_names() => AssertRefused("lacks a run",
        m => m.Add(new ArchivedName(ArchivedName.Log, Digest.Of("more"u8.ToArray())).ToString(), "more"u8.ToArray()));

    [Fact]
    public void Is_refused_with_one_run_twice() =>
        AssertRefused("two records are of one run", m => Add(m, _run with { Facts = _run.Facts with { Order = 7 } }));

    [Fact]
    public void Is_refused_with_a_run_that_has_the_derivation_of_another() => AssertRefused("has the derivation of another stage",
        m => Add(m, _run with { Facts = _run.Facts with { Nonce = "more", Derivation = _input.Facts.Derivation } }));

    [Fact]
    public void Is_refused_with_a_run_that_reads_more_than_its_derivation() => AssertRefused("reads what its derivation does not",
        m => Add(m, _run with
        {
            Facts = _run.Facts with { Nonce = "more", Context = _run.Facts.Context.Add("../data", [_input.Realization]) },
        }));

    [Fact]
    public void Is_followed_by_a_run_that_can_be_read_whatever_order_its_store_has()
    {
        using var store = Store.Open(_temp["from"]);
        store.Records.Add(_run with { Facts = _run.Facts with { Nonce = "more", Order = RunFacts.MostOrder } });
        var next = store.Records.History(_run.Facts.Resolved).NextOrder;

        store.Records.Add(_run with { Facts = _run.Facts with { Nonce = "last", Order = next } });

        Assert.Equal(3, store.Records.History(_run.Facts.Resolved).Runs.Length);
    }
}
