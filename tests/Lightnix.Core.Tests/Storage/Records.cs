using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

public sealed class Records : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Reference<Resolved> _resolved = Samples.Resolved().Reference();

    public Records() => _store = Store.Open(_temp["store"]);

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Are_found_as_they_were_added()
    {
        var run = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));

        var history = Store.Open(_temp["store"]).Records.History(_resolved);

        Assert.Equal(run.Reference(), Assert.Single(history.Runs).Reference());
        Assert.Equal(Samples.Derivation().Reference(), _store.Records.Find(Samples.Derivation().Reference())!.Reference());
        Assert.Equal(_resolved, _store.Records.Find(_resolved)!.Reference());
        Assert.Equal(new Realization(_resolved, run.Tree), _store.Records.FindRealization(run.Realization.ToString()));
        Assert.Equal("it went well\n", File.ReadAllText(_store.Records.FileOf(run.Facts.Log!)));
        Assert.Equal(2, history.NextOrder);
    }

    [Fact]
    public void That_are_not_there_are_null()
    {
        Assert.Null(_store.Records.Find(Samples.Derivation().Reference()));
        Assert.Null(_store.Records.Find(_resolved));
        Assert.Empty(_store.Records.History(_resolved).Runs);
    }

    [Fact]
    public void Of_every_kind_are_history()
    {
        var first = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        var second = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        _store.Records.Add(new Failure(Samples.Facts(9), 1, "exit code 1"));
        _store.Records.Add(new Rejection(first.Realization, "overfits", "me", DateTimeOffset.UnixEpoch));

        var history = _store.Records.History(_resolved);

        Assert.Equal(new[] { first, second }.Select(r => r.Reference()).Order(), history.Runs.Select(r => r.Reference()));
        Assert.Equal("exit code 1", Assert.Single(history.Failures).Reason);
        Assert.Equal("overfits", Assert.Single(history.Rejections).Reason);
        Assert.Equal(10, history.NextOrder);
        Assert.Single(Files.Names(_temp["store/resolved"]));
        Assert.Single(Files.Names(Path.Combine(_temp["store/resolved"], _resolved.ToString())),
            n => n.StartsWith("realization.", StringComparison.Ordinal));
    }

    [Fact]
    public void That_name_what_is_not_there_are_not_added()
    {
        _store.Records.Add(Samples.Derivation());
        _store.Records.Add(Samples.Resolved());

        Assert.Throws<InvalidOperationException>(() => _store.Records.Add(new Run(Samples.Facts(1), Tree.Of([]).Reference)));
        var unknown = new Rejection(new(Digest.Of([])), "", "", DateTimeOffset.UnixEpoch);
        Assert.Throws<InvalidOperationException>(() => _store.Records.Add(unknown));
        Assert.Empty(_store.Records.History(_resolved).Runs);
    }

    [Fact]
    public void Are_read_only()
    {
        Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));

        Assert.Equal("", Sh.Run("find derivations resolved listings logs files trees -type f -perm /222", _temp["store"]));
        Assert.Equal("", Sh.Run("find trees -mindepth 1 -perm /222 ! -type l", _temp["store"]));
    }

    [Theory]
    [InlineData("run.*", "s/nonce 1/nonce 2/")]
    [InlineData("run.*", "s/^./[/")]
    [InlineData("resolved.json", "s/make it/break it/")]
    public void That_were_changed_are_damaged(string name, string edit)
    {
        Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        Sh.Run($"chmod -R u+w resolved; sed -i '{edit}' resolved/*/{name}", _temp["store"]);

        var error = Assert.Throws<StoreException>(() => (_store.Records.History(_resolved), _store.Records.Find(_resolved)));

        Assert.Equal("LNX3001", error.Code);
    }

    [Fact]
    public void Of_a_later_version_are_not_guessed_at()
    {
        Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        var later = System.Text.Encoding.UTF8.GetBytes("{\"format\":\"lightnix/run/3\"}");
        File.WriteAllBytes(Path.Combine(_temp["store/resolved"], _resolved.ToString(), $"run.{Digest.Of(later)}.json"), later);

        var error = Assert.Throws<StoreException>(() => _store.Records.History(_resolved));

        Assert.Contains("lightnix/run/3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_nothing_printed_have_no_log()
    {
        Assert.Null(_store.Records.TakeLog(_temp["missing"]));
        Assert.Null(_store.Records.TakeLog(_temp.Write("empty", "")));
        Assert.Empty(Files.Names(_temp["store/logs"]));
        var log = _store.Records.TakeLog(_temp.Write("log", "said"));
        Assert.Equal(log, _store.Records.TakeLog(_temp.Write("log", "said")));
    }

    [Fact]
    public void Of_a_root_are_replaced_only_when_something_changed()
    {
        var run = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        var root = Samples.Root(run);
        string Inodes() => Sh.Run("stat -c '%i %Z' roots/*", _temp["store"]);
        var before = Inodes();

        _store.Roots.Write(root);

        Assert.Equal(before, Inodes());
        Assert.True(_store.Roots.Read(root.Project).Stages["MODEL"].Choice.IsSame(root.Stages["model"].Choice));
        _store.Roots.Write(Root.None(root.Project));
        Assert.NotEqual(before, Inodes());
        Assert.Empty(_store.Roots.Read(root.Project).Stages);
        Assert.Empty(_store.Roots.Read("/another").Stages);
    }

    [Fact]
    public void Of_a_root_that_cannot_be_read_are_none()
    {
        var run = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one"));
        Sh.Run("chmod u+w roots/*; echo broken > roots/*", _temp["store"], "bash");

        Assert.Empty(_store.Roots.Read("/home/a/project.lnproj").Stages);
        _store.Roots.Write(Samples.Root(run));
        Assert.Single(_store.Roots.Read("/home/a/project.lnproj").Stages);
    }
}
