using Lightnix.Model;

namespace Lightnix.Storage;

public sealed class ManyAtOnce : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void May_take_the_same_tree()
    {
        using var store = Store.Open(_temp["store"]);
        var folder = _temp.Make("out", "for i in 1 2 3 4 5 6 7 8; do mkdir d$i; printf same > d$i/a; printf $i > d$i/b; done");

        var trees = ParallelEnumerable.Range(0, 32).WithDegreeOfParallelism(16)
            .Select(_ => Store.Open(_temp["store"])).Select(s => s.Trees.Take(folder).Reference).ToHashSet();

        Assert.Single(trees);
        Assert.Equal([trees.Single().ToString()], Files.Names(_temp["store/trees"]));
        Assert.Equal("9\n", Sh.Run("find files -type f | wc -l", store.Folder));
    }

    [Fact]
    public void May_be_processes()
    {
        var folder = _temp.Make("out", "for i in 1 2 3 4 5 6 7 8; do mkdir d$i; printf same > d$i/a; printf $i > d$i/b; done");
        var processes = Enumerable.Range(0, 3).Select(_ => OtherProcess.Start("", "take", _temp["store"], folder, _temp["go"])).ToList();
        Thread.Sleep(300);
        _temp.Write("go", "");

        var trees = processes.ConvertAll(p => p.StandardOutput.ReadToEnd().Trim());

        var tree = Reference<Tree>.Parse(Assert.Single(trees.Distinct()));
        Assert.Equal([tree.ToString()], Files.Names(_temp["store/trees"]));
        Assert.Equal(16, Store.Open(_temp["store"]).Trees.Find(tree)!.Entries.Length);
        processes.ForEach(p => p.Dispose());
    }

    [Fact]
    public void May_add_runs()
    {
        using var store = Store.Open(_temp["store"]);
        var folder = _temp.Make("out", "printf one > one");

        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            Samples.BuildOnce(store, folder);
            _ = store.Records.History(Samples.Resolved().Reference());
        });

        Assert.NotEmpty(store.Records.History(Samples.Resolved().Reference()).Runs);
    }
}
