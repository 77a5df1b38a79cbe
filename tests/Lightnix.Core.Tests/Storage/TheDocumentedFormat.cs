using System.Text.RegularExpressions;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>docs/store-format.md is run as it is written.</summary>
[Trait("Speed", "Slow")]
public sealed partial class TheDocumentedFormat : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Run _run;

    public TheDocumentedFormat()
    {
        _store = Store.Open(_temp["store"]);
        _run = Samples.BuildOnce(_store, _temp.Make("out", "printf one > one; printf x > run; chmod 755 run"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public void Lets_records_be_checked_by_sha256sum()
    {
        Assert.Equal("", Check("check derivations"));
        Assert.Equal("", Check("check derivation", ("DERIVATION", _run.Facts.Derivation)));
        Assert.Equal("", Check("check resolved", ("RESOLVED", _run.Facts.Resolved)));
        Assert.Equal("", Check("check log", ("LOG", _run.Facts.Log!)));
    }

    [Theory]
    [InlineData("derivations/*", "check derivation")]
    [InlineData("derivations/*", "check derivations")]
    [InlineData("resolved/*/resolved.json", "check resolved")]
    [InlineData("resolved/*/realization.*", "check resolved")]
    [InlineData("resolved/*/run.*", "check resolved")]
    [InlineData("logs/*/*", "check log")]
    [InlineData("listings/*", "check tree")]
    public void Finds_a_changed_byte(string file, string recipe)
    {
        Sh.Run($"f=$(echo {file}); chmod u+w $f; printf x | dd of=$f bs=1 seek=20 conv=notrunc 2>&1; chmod 444 $f", _store.Folder);

        Assert.Contains("FAILED", Check(recipe, ("DERIVATION", _run.Facts.Derivation), ("RESOLVED", _run.Facts.Resolved),
            ("LOG", _run.Facts.Log!), ("TREE", _run.Tree)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_a_tree_be_checked()
    {
        var tree = Odd();

        Assert.Equal(12, tree.Entries.Length);
        Assert.Equal("", Check("check tree", ("TREE", tree.Reference)));
    }

    [Theory]
    [InlineData("f=$(echo trees/*/a/one); chmod u+w $f; printf eno > $f; touch -d 2001-01-01 $f; chmod 444 $f", "changed: a/one")]
    [InlineData("chmod u+w trees/*/a; rm trees/*/a/one", "changed: a/one")]
    [InlineData("chmod u+w trees/*/a; : > $(echo trees/*/a)/more", "12 entries are listed, and 13 are there")]
    [InlineData("chmod 755 trees/*/run", "mode changed: run")]
    [InlineData("t=$(echo trees/*/a); t=${t%/a}; chmod u+w $t; ln -sfn run $t/link", "link changed: link")]
    [InlineData("chmod u+w trees/*/empty; : > $(echo trees/*/empty)/x", "folder changed: empty")]
    public void Finds_a_changed_tree(string damage, string found)
    {
        var tree = Odd();
        foreach (var other in Files.Names(_temp["store/trees"]).Where(t => t != tree.Reference.ToString()).ToList())
            Native.DeleteAll(_temp["store/trees/" + other]);
        Sh.Run(damage, _store.Folder);

        Assert.Contains(found, Check("check tree", ("TREE", tree.Reference)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("some key", 1)]
    [InlineData("some key", 2)]
    public void Gives_seeds(string key, int replicate) =>
        Assert.Equal(Seed.Of(key, replicate),
            int.Parse(Check("seed", ("KEY", key), ("I", replicate), ("K", 0)), CultureInfo.InvariantCulture));

    [Fact]
    public void Names_every_folder()
    {
        var drawing = Document().Split("```").Single(block => block.StartsWith("\nSTORE/", StringComparison.Ordinal));

        foreach (var name in Files.Names(_store.Folder))
            Assert.Contains($"── {name}", drawing, StringComparison.Ordinal);
    }

    Tree Odd() => _store.Trees.Take(_temp.Make("odd", """
        mkdir -p a/b empty 'two words'; printf one > a/one; printf x > run; chmod 755 run; ln -s a/one link; ln -s 'two words/x y' 'sp link'
        : > 'two words/x y'; printf 1 > '100%'; printf 2 > 'back\slash'; printf 3 > "$(printf 'new\nline')"; printf 4 > 'ä'; printf 5 > ./-f
        """));

    string Check(string recipe, params (string Name, object Value)[] variables)
    {
        var environment = variables.ToDictionary(v => v.Name, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture)!);
        environment["STORE"] = _store.Folder;
        return Sh.TryRun("bash", "/", ["-c", Recipe(recipe)], environment).Output;
    }

    static string Recipe(string name) => Recipes().Matches(Document()).Single(m => m.Groups["name"].Value == name).Groups["text"].Value;

    static string Document() => File.ReadAllText(RepositoryRoot.File("docs/store-format.md"));

    [GeneratedRegex("^```bash (?<name>.*)\n(?<text>(.|\n)*?)^```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Recipes();
}
