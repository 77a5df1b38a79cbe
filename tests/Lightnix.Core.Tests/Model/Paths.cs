namespace Lightnix.Model;

public class Paths
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a/b", "a/b")]
    [InlineData("a\\b", "a/b")]
    [InlineData("./a//b/", "a/b")]
    [InlineData("a/./b", "a/b")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData("./", "")]
    [InlineData(" a ", " a ")]
    [InlineData("..a/b..", "..a/b..")]
    [InlineData("ab:c", "ab:c")]
    [InlineData("ä/😀", "ä/😀")]
    public void Are_read_as_people_write_them(string text, string path) => Assert.Equal(path, RelativePath.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("/a")]
    [InlineData("\\a")]
    [InlineData("//server/a")]
    [InlineData("c:\\a")]
    [InlineData("c:a")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a\\..\\b")]
    [InlineData("a/..")]
    [InlineData("a\0b")]
    public void Stay_inside(string? text) => Assert.False(RelativePath.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("a\0b")]
    public void In_records_are_exact(string text) => Assert.Throws<FormatException>(() => RelativePath.ParseExact(text));

    [Theory]
    [InlineData("a\\b")]
    [InlineData("c:/x")]
    [InlineData(" ")]
    [InlineData("..a")]
    public void In_records_may_hold_what_a_file_system_does(string text) => Assert.Equal(text, RelativePath.ParseExact(text).ToString());

    [Theory]
    [InlineData("", "a", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a", "A/b", false)]
    [InlineData("a/b", "a", false)]
    public void Contain_what_is_below(string above, string path, bool contains) =>
        Assert.Equal(contains, RelativePath.Parse(above).Contains(RelativePath.Parse(path)));

    [Fact]
    public void Have_a_name_and_a_folder()
    {
        var path = RelativePath.Parse("a/b/c");

        Assert.Equal(("c", "a/b", "a", true),
            (path.Name, path.Parent.ToString(), path.Parent.Parent.ToString(), path.Parent.Parent.Parent.IsRoot));
        Assert.Equal("b/c", RelativePath.Parse("a").RestOf(path).ToString());
        Assert.Equal("a/b/c/d/e", path.Append(RelativePath.Parse("d/e")).ToString());
        Assert.Equal(path, path.Append(RelativePath.Root));
        Assert.Equal(path, RelativePath.Root.Append(path));
        Assert.True(path.RestOf(path).IsRoot);
        Assert.Equal(Path.Combine("x", "a", "b", "c"), path.Under("x"));
    }

    [Fact]
    public void Are_ordered_by_bytes() => Assert.Equal(
        ["a", "a-b", "a/b", "ab", "ä", "\ufb33", "😀"],
        new[] { "😀", "ab", "a/b", "\ufb33", "a-b", "ä", "a" }.Select(RelativePath.Parse).Order().Select(p => p.ToString()));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A1_-b", true)]
    [InlineData("input", true)]
    [InlineData("", false)]
    [InlineData("1a", false)]
    [InlineData("_a", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    [InlineData("OUT", false)]
    [InlineData("in", false)]
    public void Begin_with_stage_names(string text, bool legal) => Assert.Equal(legal, StageName.TryParse(text, out _));

    [Fact]
    public void Begin_with_stage_names_in_any_case()
    {
        Assert.Equal(StageName.Parse("Train"), StageName.Parse("tRAIN"));
        Assert.Equal(StageName.Parse("Train").GetHashCode(), StageName.Parse("tRAIN").GetHashCode());
        Assert.Equal(0, StageName.Parse("Train").CompareTo(StageName.Parse("tRAIN")));
        Assert.Equal("Train", StageName.Parse("Train").ToString());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Begin_with_stage_names_of_some_length(int length, bool legal) =>
        Assert.Equal(legal, StageName.TryParse(new string('a', length), out _));
}
