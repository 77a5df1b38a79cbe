using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>What metadata mean. Mistakes in them are in <see cref="Mistakes"/>.</summary>
public class DeclaredValues
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("1KiB", 1024)]
    [InlineData("3 MiB", 3 << 20)]
    [InlineData("2gib", 2L << 30)]
    public void Sizes_are_bytes(string text, long bytes) => Assert.Equal(bytes, Execution($"Memory=\"{text}\"").Memory);

    [Theory]
    [InlineData("00:00:01", 1)]
    [InlineData("1:2:3", 3723)]
    [InlineData("100:00:00", 360000)]
    public void Durations_are_hours_minutes_and_seconds(string text, int seconds) =>
        Assert.Equal(seconds, Execution($"TimeLimit=\"{text}\"").TimeLimit!.Value.TotalSeconds);

    [Fact]
    public void Execution_has_all_that_is_not_hashed()
    {
        var execution = Execution("Cores=\"4\" Gpus=\"0\" Retries=\"2\" PassEnvironment=\"B;A;B\" MustExist=\"TRUE\" "
            + "Intermediate=\"true\"");

        Assert.Equal((4, 0, 2, "A,B", true, true),
            (execution.Cores, execution.Gpus, execution.Retries, string.Join(',', execution.PassEnvironment), execution.MustExist,
                execution.IsIntermediate));
    }

    [Fact]
    public void Execution_is_modest_by_default() => Assert.Equal(new Execution().ToString(), Execution("").ToString());

    [Fact]
    public void Urls_are_mirrors_as_written() => Assert.Equal(
        "https://a.example/x%20y?sig=%2B http://b.example/x",
        string.Join(' ', LnProj.Stage("""
            <Stage Include="d" Url=" https://a.example/x%20y?sig=%2B ;http://b.example/x"
                   Sha256="0000000000000000000000000000000000000000000000000000000000000000" />
            """, "d").Execution.Urls));

    [Theory]
    [InlineData("https://example.org/x.zip", "x.zip")]
    [InlineData("https://example.org/a/b%20c.zip?x=1/2#f/g", "b c.zip")]
    [InlineData("file:///data/x.bin", "x.bin")]
    public void A_download_is_called_as_its_first_url(string url, string name) => Assert.Equal(
        name,
        ((Builder.Download)LnProj.Stage(
            $"""<Stage Include="d" Url="{url}" Sha256="0000000000000000000000000000000000000000000000000000000000000000" />""",
            "d").Derivation.Builder).FileName);

    [Theory]
    [InlineData("", "Latest 1 1..1")]
    [InlineData("Take='3'", "Latest 3 3..3 plural")]
    [InlineData("AtLeast='5'", "Latest 1 5..5")]
    [InlineData("Take='3' AtLeast='2'", "Latest 3 2..3 plural")]
    [InlineData("Take='2' AtLeast='3' AtMost='9'", "Latest 2 3..9 plural")]
    [InlineData("Select='latest' AtMost='4'", "Latest 1 1..4")]
    [InlineData("Select='Best' Metric='m' AtLeast='5'", "Best 1 5..5 m")]
    [InlineData("Select='Best' Metric='d/x.json#/a/0' Order='Min' Take='2'", "Best 2 2..2 plural lowest d/x.json#/a/0")]
    [InlineData("Select='Best' Metric='m#' Order='max'", "Best 1 1..1 m#")]
    [InlineData("Select='Median' Metric='m' AtLeast='4'", "Median 1 4..4 m")]
    [InlineData("Select='All'", "All 1 1..1 plural")]
    [InlineData("Select='All' AtLeast='3'", "All 1 3..3 plural")]
    [InlineData("Select='Only'", "Only 1 1..1")]
    [InlineData("Select='Only' AtLeast='3'", "Only 1 3..3")]
    [InlineData("Select='Quorum'", "Quorum 2 1..3")]
    [InlineData("Select='Quorum' Take='3'", "Quorum 3 1..5")]
    [InlineData("Select='Quorum' Take='3' AtMost='3'", "Quorum 3 1..3")]
    [InlineData("Select='Exact' Realizations='0123ABCD'", "Exact 1 1..1 [0123abcd]")]
    [InlineData("Select='Exact' Realizations='0123;4567;0123'", "Exact 1 1..1 plural [0123 4567]")]
    public void Matchers_have_defaults(string metadata, string expected)
    {
        var stage = LnProj.Stage(
            $"""<Stage Include="a" Command="true" /><Promise Include="m;d" Stage="a" /><Matcher Include="A" {metadata} />""", "a");

        var m = stage.Matcher;
        var text = $"{m.Select} {m.Take} {m.AtLeast}..{m.AtMost}{(m.IsPlural ? " plural" : "")}{(m.LowestIsBest ? " lowest" : "")}"
            + $"{(m.Metric is { } metric ? $" {metric}" : "")}"
            + $"{(m.Realizations.IsEmpty ? "" : $" [{string.Join(' ', m.Realizations)}]")}";
        Assert.Equal(expected, text);
        Assert.Equal(ItemKind.Matcher, stage.MatcherItem!.Kind);
    }

    [Fact]
    public void A_stage_without_a_matcher_has_the_default_one()
    {
        var stage = LnProj.Stage("""<Stage Include="a" Command="true" />""", "a");

        Assert.Equal((Matcher.Default, null), (stage.Matcher, stage.MatcherItem));
    }

    [Theory]
    [InlineData("Min='0.5' Max='1e3'", 0.5, 1000.0)]
    [InlineData("Min='-3'", -3.0, null)]
    [InlineData("Max='.25'", null, 0.25)]
    public void Numbers_are_read_in_the_invariant_culture(string metadata, double? min, double? max)
    {
        foreach (var name in Lands.Names)
        {
            using var land = Lands.Enter(name);

            var promise = Promise($"Type='Number' {metadata}");

            Assert.Equal((min, max), (promise.Min, promise.Max));
        }
    }

    [Fact]
    public void Promises_have_constraints()
    {
        var csv = Promise(
            "Type='csv' Columns='a; b ,c' MinRows='3' NonEmpty='True' MinSize='1KiB' MaxSize='2KiB' "
            + "Sha256='ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789' Link='data\\x.csv'");
        var folder = Promise("Type='Directory' Pattern='**/*.png' MinCount='3'");

        Assert.Equal(
            (PromiseType.Csv, "a|b|c", 3L, true, 1024L, 2048L, "data/x.csv"),
            (csv.Type, string.Join('|', csv.Columns), csv.MinRows, csv.NonEmpty, csv.MinSize, csv.MaxSize, csv.Link!.ToString()));
        Assert.StartsWith("abcdef", csv.Sha256!.ToString(), StringComparison.Ordinal);
        Assert.Equal((PromiseType.Directory, "**/*.png", 3L), (folder.Type, folder.Pattern, folder.MinCount));
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("CopyToOutputDirectory='PreserveNewest'", "IfDifferent", "IfDifferent")]
    [InlineData("CopyToOutputDirectory='always'", "Always", "Always")]
    [InlineData("CopyToOutputDirectory='IfDifferent' CopyToPublishDirectory='Never'", "IfDifferent", "Never")]
    [InlineData("CopyToPublishDirectory='PreserveNewest' OutputItemType='Content'", null, "IfDifferent")]
    public void Promises_are_copied_as_MSBuild_does(string metadata, string? output, string? publish)
    {
        var promise = Promise(metadata);

        Assert.Equal((output, publish), (promise.CopyToOutputDirectory, promise.CopyToPublishDirectory));
    }

    [Theory]
    [InlineData("embeddedresource", null)]
    [InlineData("My_Own-Type2", null)]
    [InlineData("EmbededResource", Severity.Warning)]
    [InlineData("Embedded Resource", Severity.Error)]
    [InlineData("EmbeddedResource;Content", Severity.Error)]
    [InlineData("1x", Severity.Error)]
    public void An_item_type_is_one_name_and_nearly_one_of_NETs_is_reported(string type, Severity? severity)
    {
        var reported = LnProj.Plan(
            $"""<Stage Include="s" Command="true" /><Promise Include="x" Stage="s" OutputItemType="{type}" />""").Diagnostics;

        Assert.Equal(severity is null ? [] : [("LNX1016", severity.Value, "OutputItemType")],
            reported.Select(d => (d.Code, d.Severity, d.Metadata)));
    }

    [Fact]
    public void Promises_and_matchers_apply_to_every_cell()
    {
        var plan = LnProj.Good("""
            <Stage Include="t" Command="true" Matrix="n=1,2" />
            <Promise Include="x;y" Stage="t" /><Promise Include="z" Stage="t[n=2];t-2" /><Matcher Include="t" Take="2" />
            """);

        Assert.Equal(["t-1: x y", "t-2: x y z"], plan.Stages.Select(s => $"{s.Name}: {string.Join(' ', s.Promises.Select(p => p.Path))}"));
        Assert.All(plan.Stages, s => Assert.Equal(("t", 2), (s.DeclaredName.ToString(), s.Matcher.Take)));
    }

    [Theory]
    [InlineData("x.cs", "dotnet")]
    [InlineData("x.PY", "python3")]
    [InlineData("a.b.sh", "sh")]
    [InlineData("x.ps1", "pwsh")]
    [InlineData("x.R", "Rscript")]
    [InlineData("x.js", "node")]
    [InlineData("x.pl", null)]
    [InlineData("py", null)]
    public void Scripts_have_interpreters_by_their_ending(string file, string? interpreter) =>
        Assert.Equal(interpreter, Interpreters.For(RelativePath.Parse(file)));

    static Execution Execution(string metadata) => LnProj.Stage($"""<Stage Include="a" Command="true" {metadata} />""", "a").Execution;

    static Promise Promise(string metadata) =>
        Assert.Single(LnProj.Stage(string.Create(CultureInfo.InvariantCulture,
            $"""<Stage Include="a" Command="true" /><Promise Include="x" Stage="a" {metadata} />"""), "a").Promises);
}
