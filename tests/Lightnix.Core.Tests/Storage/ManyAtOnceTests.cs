using System.Globalization;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;

namespace Lightnix.Storage;

public sealed class ManyAtOnce : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void MayTakeTheSameTree()
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
    public void MayBeProcesses()
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
    public void MayAddRuns()
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

public sealed class AnOrdinaryUser : IDisposable
{
    const string Nobody = "65534";

    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void HasAStoreOfHisOwn()
    {
        if (!CanBecomeNobody())
            return;
        var folder = _temp.Make("out", "mkdir -p a/b; printf one > a/b/one; printf run > run; chmod 755 run");

        var (code, output) = OtherProcess.Run(Nobody, "take", _temp["store"], folder);

        Assert.True(code == 0, output);
        Assert.Equal($"{output.Trim()} 65534 555\n", Sh.Run("cd trees; stat -c '%n %u %a' *", _temp["store"]));
        // Another user may take the same files, although the kernel forbids him hard links to them.
        using var store = Store.Open(_temp["store"]);
        Assert.Equal(output.Trim(), store.Trees.Take(folder).Reference.ToString());
    }

    [Fact]
    public void MayUseAStoreOfOthersWherePermissionsAllow()
    {
        if (!CanBecomeNobody())
            return;
        var folder = _temp.Make("out", "printf one > one");
        using (var store = Store.Open(_temp["store"]))
            store.Trees.Take(folder);
        Sh.Run("find . -type d ! -path './trees/*' -exec chmod 777 {} +", _temp["store"]);

        var (code, output) = OtherProcess.Run(Nobody, "take", _temp["store"], _temp.Make("more", "printf one > one; printf two > two"));

        Assert.True(code == 0, output);
        Assert.Equal("onetwo", Sh.Run("cat one two", Path.Combine(_temp["store/trees"], output.Trim())));

        // What collects would have to look at where somebody else is at work.
        Sh.Run("mkdir -m 700 work/0123456789ab-1", _temp["store"]);
        (code, output) = OtherProcess.Run(Nobody, "plan", _temp["store"]);
        Assert.True(code == 0, output);
        Assert.Contains("Tree", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MayUseWhatIsThereInAStoreThatHeMayOnlyRead()
    {
        const string items = """<Stage Include="model" Command="head -c 8 /dev/urandom > @{out}/a" /><Promise Include="a" Stage="model" CopyToOutputDirectory="IfDifferent" />""";
        if (!CanBecomeNobody())
            return;
        using var site = new Scenarios.Site(_temp["store"]);
        Assert.True((await site.BuildAsync(items)).Succeeded);
        var before = Sh.Run("find . | sort", _temp["store"]);

        var (_, reused) = OtherProcess.Run(Nobody, "reuse", _temp["store"], items);
        Assert.Contains("nothing keeps it from its owner's garbage collection", reused, StringComparison.Ordinal);
        Assert.Contains("Ran = 0", reused, StringComparison.Ordinal);
        Assert.DoesNotContain("LNX", reused, StringComparison.Ordinal);

        var (_, other) = OtherProcess.Run(Nobody, "reuse", _temp["store"], items.Replace("8", "9", StringComparison.Ordinal));
        Assert.Contains($"LNX3003: stage 'model': it would have to run (it was never built here), and the store '{_temp["store"]}' may only be read", other, StringComparison.Ordinal);
        Assert.Equal(before, Sh.Run("find . | sort", _temp["store"]));
    }

    // The test assembly and dotnet have to be readable for him.
    static bool CanBecomeNobody() =>
        Sh.Has("setpriv") && Sh.TryRun("setpriv", "/", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "test", "-r", typeof(AnOrdinaryUser).Assembly.Location]).ExitCode == 0;
}

public sealed class ABuildThatIsKilled : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void LeavesNothingHalfMadeAtAnyStep()
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

public sealed class TheLimitOfHardLinks : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void EndsSharingAndBeginsItAgain()
    {
        using var store = Store.Open(_temp["store"]);
        var first = store.Trees.Take(_temp.Make("a", "printf same > one"));
        var shared = Directory.EnumerateFiles(_temp["store/files"], "*", SearchOption.AllDirectories).Single();
        Directory.CreateDirectory(_temp["names"]);
        var made = 2;
        while (made < 70_000 && Native.Link(shared, _temp[$"names/{made}"]) == 0)
            made++;
        if (made == 70_000)
            return;

        var second = store.Trees.Take(_temp.Make("b", "printf same > two"));
        var third = store.Trees.Take(_temp.Make("c", "printf same > three"));

        FileFacts Facts(Tree tree, string name) => Files.Facts(Path.Combine(store.Trees.FolderOf(tree.Reference), name))!;
        Assert.NotEqual(Facts(first, "one").Inode!.Number, Facts(second, "two").Inode!.Number);
        Assert.Equal(Facts(second, "two").Inode!.Number, Facts(third, "three").Inode!.Number);
        Assert.Equal("same", File.ReadAllText(Path.Combine(store.Trees.FolderOf(third.Reference), "three")));
    }
}
