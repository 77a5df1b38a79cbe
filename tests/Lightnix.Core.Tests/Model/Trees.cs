using CsCheck;
using Lightnix.Hashing;

namespace Lightnix.Model;

public class Trees
{
    static readonly Digest A = Digest.Of("a"u8);

    static readonly Gen<string> Name =
        Gen.OneOf(Gen.Char["ab %\n\\\u007f\u0085ä\ufb33"].Select(c => c.ToString()), Gen.Const("😀")).Array[1, 3].Select(string.Concat)
        .Where(n => n is not ("." or ".."));

    static readonly Gen<TreeEntry> Entry =
        Gen.Select(Name.Array[1, 3], Gen.Int[0, 2], Gen.Int[0, 9], Gen.Bool, (segments, kind, size, executable) => kind switch
    {
        0 => (TreeEntry)new TreeEntry.File(RelativePath.OfSegments(segments), Digest.Of([(byte)size]), size, executable),
        1 => new TreeEntry.Link(RelativePath.OfSegments(segments), segments[^1] + " x"),
        _ => new TreeEntry.EmptyFolder(RelativePath.OfSegments(segments)),
    });

    static readonly Gen<Tree> Any = Entry.Array[0, 10].Select(entries => Tree.Of(entries
        .DistinctBy(e => e.Path)
        .Where(e => !entries.Any(other => other.Path != e.Path && other.Path.Contains(e.Path)))));

    static readonly Tree Sample = Tree.Of(
    [
        File("a/b/c.txt"), File("a/b/d.txt"), File("a-b"), File("z"),
        new TreeEntry.EmptyFolder(RelativePath.Parse("a/empty")),
        Link("file", "a/b/c.txt"), Link("folder", "a"), Link("up", "a/../folder/b"), Link("loop", "loop"), Link("lost", "nothing"),
            Link("out", "../x"), Link("a/back", "../z"), Link("dot", "./a/./b"),
    ]);

    [Fact]
    public void Come_back_from_their_listing() => Any.Sample(tree => Assert.Equal(tree.Reference, Tree.Parse(tree.Bytes).Reference));

    [Fact]
    public void Do_not_depend_on_the_order_of_entries() =>
        Any.Sample(tree => Assert.Equal(tree.Reference, Tree.Of(tree.Entries.Reverse()).Reference));

    [Fact]
    public void Are_known_by_the_hash_of_their_listing() => Any.Sample(tree => Assert.Equal(Digest.Of(tree.Bytes), tree.Reference.Digest));

    [Fact]
    public void Find_every_entry() => Any.Sample(tree => Assert.All(tree.Entries, e => Assert.Equal(e, tree.Find(e.Path))));

    [Theory]
    [InlineData("")]
    [InlineData("lightnix/tree/1")]
    [InlineData("lightnix/tree/2\n")]
    [InlineData("lightnix/tree/1\nx\n")]
    [InlineData("lightnix/tree/1\nd a\nd a\n")]
    [InlineData("lightnix/tree/1\nd b\nd a\n")]
    [InlineData("lightnix/tree/1\nd a\nd a/b\n")]
    [InlineData("lightnix/tree/1\nd %61\n")]
    [InlineData("lightnix/tree/1\nd a%85\n")]
    [InlineData("lightnix/tree/1\nd a%2\n")]
    [InlineData("lightnix/tree/1\nd ..\n")]
    [InlineData("lightnix/tree/1\nd a/../../b\n")]
    [InlineData("lightnix/tree/1\nd /a\n")]
    [InlineData("lightnix/tree/1\nd a//b\n")]
    [InlineData("lightnix/tree/1\nd a%00\n")]
    [InlineData("lightnix/tree/1\nd a\r\n")]
    [InlineData("lightnix/tree/1\nf ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 01 a\n")]
    [InlineData("lightnix/tree/1\nf CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB 1 a\n")]
    [InlineData("lightnix/tree/1\nf short 1 a\n")]
    [InlineData("lightnix/tree/1\nf ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb -1 a\n")]
    [InlineData("lightnix/tree/1\nf ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 99999999999999999999 a\n")]
    public void Are_read_to_the_letter(string listing) => Assert.Throws<FormatException>(() => Tree.Parse(Encoding.UTF8.GetBytes(listing)));

    [Fact]
    public void Hold_nothing_below_a_file()
    {
        Assert.Throws<ArgumentException>(() => Tree.Of([File("a"), File("a/b")]));
        Assert.Throws<ArgumentException>(() => Tree.Of([File("a"), File("a-b"), File("a/b/c")]));
        Assert.Throws<ArgumentException>(() => Tree.Of([Link("a", "b"), File("a")]));
        Assert.Throws<ArgumentException>(() => Tree.Of([new TreeEntry.EmptyFolder(RelativePath.Root)]));
    }

    [Theory]
    [InlineData("a/b/c.txt", "a/b/c.txt")]
    [InlineData("a", "a")]
    [InlineData("a/empty", "a/empty")]
    [InlineData("", "")]
    [InlineData("file", "a/b/c.txt")]
    [InlineData("folder", "a")]
    [InlineData("folder/b/c.txt", "a/b/c.txt")]
    [InlineData("folder/back", "z")]
    [InlineData("up", "a/b")]
    [InlineData("up/d.txt", "a/b/d.txt")]
    [InlineData("dot/c.txt", "a/b/c.txt")]
    [InlineData("loop", null)]
    [InlineData("lost", null)]
    [InlineData("out", null)]
    [InlineData("nothing", null)]
    [InlineData("z/x", null)]
    [InlineData("file/x", null)]
    public void Have_links_that_lead_somewhere(string path, string? end) =>
        Assert.Equal(end, Sample.Follow(RelativePath.Parse(path))?.ToString());

    [Fact]
    public void Have_folders()
    {
        Assert.Equal(["", "a", "a/b", "a/empty"],
            new[] { "", "a", "a/b", "a/empty", "a-b", "z", "b", "folder" }.Where(p => Sample.IsFolder(RelativePath.Parse(p))));
        Assert.Equal(["a/b/c.txt", "a/b/d.txt", "a/back", "a/empty"], Sample.Below(RelativePath.Parse("a")).Select(e => e.Path.ToString()));
    }

    [Fact]
    public void Have_folders_that_are_trees_themselves()
    {
        var below = Sample.Subtree(RelativePath.Parse("a/b"));

        Assert.Equal(Tree.Of([File("c.txt"), File("d.txt")]).Reference, below.Reference);
        Assert.Same(Sample, Sample.Subtree(RelativePath.Root));
        Assert.Equal(Tree.Of([]).Reference, Sample.Subtree(RelativePath.Parse("a/empty")).Reference);
        Assert.Equal(Tree.Parse(below.Bytes).Reference, below.Reference);
    }

    [Fact]
    public void Have_subtrees_in_order() => Any.Sample(tree => Assert.All(
        tree.Entries.Select(e => e.Path.Parent).Distinct(),
        folder => Assert.Equal(tree.Subtree(folder).Reference, Tree.Of(tree.Subtree(folder).Entries).Reference)));

    [Fact]
    public void Have_a_size() => Assert.Equal(4, Sample.Size);

    static TreeEntry.File File(string path) => new(RelativePath.Parse(path), A, 1, false);

    static TreeEntry.Link Link(string path, string target) => new(RelativePath.Parse(path), target);
}
