using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;

namespace Lightnix.Storage;

[Trait("Speed", "Slow")]
public sealed class ABuildThatIsKilled : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Leaves_nothing_half_made_at_any_step()
    {
        var folder = _temp.Make("out", "printf one > one; printf two > two");
        var steps = 0;
        using (var whole = Store.Open(_temp["whole"], new Disk(_ => steps++)))
            Samples.BuildOnce(whole, folder);

        Parallel.For(1, steps, new ParallelOptions { MaxDegreeOfParallelism = 2 }, step => DieAt(step, folder));
    }

    void DieAt(int step, string folder)
    {
        var path = _temp[$"store{step.ToString(CultureInfo.InvariantCulture)}"];
        using (var process = OtherProcess.Start("", "die", path, folder, step.ToString(CultureInfo.InvariantCulture)))
        {
            process.WaitForExit();
            Assert.Equal(137, process.ExitCode);
        }

        using (var store = Store.Open(path))
        {
            foreach (var run in store.Records.History(Samples.Resolved().Reference()).Runs)
                AssertWhole(store, run);
            AssertWhole(store, Samples.BuildOnce(store, folder));
            foreach (var tree in Files.Names(Path.Combine(path, "trees")))
                Assert.Equal(64, tree.Length);
        }
        Assert.Equal("", Sh.Run("find work locks -mindepth 1 ! -name sessions", path));
    }

    static void AssertWhole(Store store, Run run)
    {
        Assert.NotNull(store.Records.Find(run.Facts.Derivation));
        Assert.NotNull(store.Records.Find(run.Facts.Resolved));
        Assert.True(File.Exists(store.Records.FileOf(run.Facts.Log!)));
        Assert.True(store.Trees.Contains(run.Tree));
        var listed = store.Trees.Find(run.Tree)!;
        using var working = new WorkingTree(Path.Combine(store.Folder, "..", "cache"), new Dictionary<ProgramProject, (string, string)>());
        Assert.Equal(listed.Reference, working.Import(store.Trees.FolderOf(run.Tree), store.Trees.FolderOf(run.Tree))!.Tree.Reference);
    }
}
