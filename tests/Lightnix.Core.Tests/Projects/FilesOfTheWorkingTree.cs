using Lightnix.Hashing;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

public sealed class FilesOfTheWorkingTree : IDisposable
{
    readonly TempFolder _temp = new();
    readonly LateClock _late = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Are_known_by_bytes_and_bit()
    {
        var file = _temp.Write("a", "one");
        File.CreateSymbolicLink(_temp["link"], file);
        using var tree = Tree();

        Assert.Equal(new(Digest.Of("one"u8), false), tree.File(file));
        Assert.Equal(new(Digest.Of("one"u8), false), tree.File(_temp["link"]));
        Sh.Run("chmod 755 a", _temp.Folder);
        Assert.Equal(new(Digest.Of("one"u8), true), tree.File(file));
        Assert.Null(tree.File(_temp["missing"]));
        Assert.Null(tree.File(_temp.Folder));
        Sh.Run("mkfifo fifo", _temp.Folder);
        Assert.Null(tree.File(_temp["fifo"]));
        Assert.True(tree.Exists(file));
        Assert.False(tree.Exists(_temp["missing"]));
    }

    [Fact]
    public void Are_not_read_again_when_they_had_come_to_rest()
    {
        var file = _temp.Write("a", "one");
        using (var first = Tree(_late))
            first.File(file);

        using var second = Tree(_late);

        Assert.Equal(Digest.Of("one"u8), second.File(file)!.Digest);
        Assert.Equal(0, second.Hashed);
    }

    [Fact]
    public void Are_read_again_when_they_were_young()
    {
        var file = _temp.Write("a", "one");
        using (var first = Tree())
            first.File(file);
        // The same size within the same tick: only reading shows it.
        File.WriteAllText(file, "two");

        using var second = Tree();

        Assert.Equal(Digest.Of("two"u8), second.File(file)!.Digest);
        Assert.Equal(1, second.Hashed);
    }

    [Theory]
    [InlineData("printf two > a")]
    [InlineData("touch -r a ref; printf two > a; touch -r ref a")]
    [InlineData("touch -r a ref; printf two > b; touch -r ref b; mv b a")]
    public void Are_read_again_when_anything_of_their_inode_changed(string edit)
    {
        var file = _temp.Write("a", "one");
        using (var first = Tree(_late))
            first.File(file);
        Sh.Run(edit, _temp.Folder);

        using var second = Tree(_late);

        Assert.Equal(Digest.Of("two"u8), second.File(file)!.Digest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lightnix-digests/1 nonsense\n")]
    [InlineData("\0\0\0\0\n\0")]
    public void Are_read_again_when_the_cache_is_broken(string content)
    {
        var file = _temp.Write("a", "one");
        using (var first = Tree(_late))
            first.File(file);
        _temp.Write("obj/cache", content);

        using var second = Tree(_late);

        Assert.Equal(Digest.Of("one"u8), second.File(file)!.Digest);
        Assert.Equal(1, second.Hashed);
    }

    [Fact]
    public void Leave_the_cache_alone_when_nothing_is_new()
    {
        var file = _temp.Write("a", "one");
        using (var first = Tree(_late))
            first.File(file);
        var before = Files.Facts(_temp["obj/cache"]);

        using (var second = Tree(_late))
            second.File(file);

        Assert.Equal(before, Files.Facts(_temp["obj/cache"]));
    }

    [Fact]
    public void Are_imported_as_they_are_taken()
    {
        using var store = Store.Open(_temp["store"]);
        var folder = _temp.Make("data", "mkdir -p a/empty; printf one > a/one; printf two > two; chmod 755 two; ln -s a/one link");
        using var tree = Tree(_late);

        Assert.Equal(store.Trees.Take(folder).Reference, tree.Import(folder, _temp.Folder)!.Tree.Reference);
        Assert.Equal(store.Trees.TakeFile(_temp["data/two"], "two", true).Reference,
            tree.Import(_temp["data/two"], _temp.Folder)!.Tree.Reference);
        Assert.Null(tree.Import(_temp["missing"], _temp.Folder));
        File.CreateSymbolicLink(_temp["linked"], folder);
        Assert.Equal(tree.Import(folder, _temp.Folder)!.Tree.Reference, tree.Import(_temp["linked"], _temp.Folder)!.Tree.Reference);
    }

    [Fact]
    public void Are_a_program_when_MSBuild_built_them()
    {
        var folder = _temp.Make("bin", "printf dll > Trainer.dll; printf {} > Trainer.runtimeconfig.json; printf dll > Library.dll");
        using var tree = new WorkingTree(_temp["obj/cache"], new Dictionary<ProgramProject, (string, string)>
        {
            [new("../Trainer.csproj")] = (folder, "Trainer.dll"),
            [new("gone.csproj")] = (_temp["gone"], "gone.dll"),
            [new("../Library.csproj")] = (folder, "Library.dll"),
        });

        Assert.Equal(tree.Import(folder, _temp.Folder)!.Tree.Reference, tree.Program(new("../Trainer.csproj"))!.Output.Reference);
        Assert.Null(tree.Program(new("gone.csproj")));
        Assert.Null(tree.Program(new("../Library.csproj")));
        Assert.Null(tree.Program(new("../Trainer.csproj", "Debug")));
    }

    WorkingTree Tree(TimeProvider? clock = null) =>
        new(_temp["obj/cache"], new Dictionary<ProgramProject, (string, string)>()) { Clock = clock ?? TimeProvider.System };

    // As if every file had been written an hour before.
    sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}
