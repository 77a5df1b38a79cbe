using Lightnix.Hashing;

namespace Lightnix.Model;

/// <summary>
/// Records whose bytes are what their names say, and that no Lightnix wrote: every member of every kind, with values that make no sense.
/// </summary>
public sealed class OddRecords
{
    const string A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    static readonly Matcher Matcher =
        new()
        {
            Select = Select.Best,
            Take = 2,
            AtLeast = 5,
            AtMost = int.MaxValue,
            Metric =
        new(RelativePath.Parse("scores.json"), "/loss")
        };

    static readonly string[] Odd =
    [
        "null", "true", "-1", "-5", "0", "1", "2147483647", "2147483648", "9007199254740993", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808",
        "1.5", "1e400", new('7', 500), "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\u001b[31m\"", "\"../../etc\"", "\"/etc/passwd\"",
            $"\"{A}\"", $"\"{new string('y', 200_000)}\"",
        "\"0001-01-01T00:00:00.000Z\"", "\"9999-12-31T23:59:59.999Z\"", "\"2026-02-30T00:00:00.000Z\"", "\"2026-11-22T17:04:05.678Z\"",
            "\"Best\"", "\"7\"", "\"command\"",
        "[]", "[[]]", "[1]", $"[\"{A}\"]", $"[\"{A}\",\"{A}\",\"{A}\"]", "[\"\\ud800\"]", "[{}]", "{}", "{\"a\":1}", "{\"\\ud800\":\"x\"}",
            "{\"a\":\"\\udc00\"}", "{\"a\":\"x\",\"A\":\"y\"}",
    ];

    [Fact]
    [Trait("Speed", "Slow")]
    public void Are_read_and_written_or_refused()
    {
        Try(new Derivation
        {
            Name = StageName.Parse("a"),
            Builder = new Builder.Command("x", "sh"),
            Parameters = Map("rate"),
            Environment = Map("E"),
            Sources = [new(RelativePath.Parse("run.sh"), Digest.Parse(A), true)],
            Inputs = [new("data", [RelativePath.Parse("x")], Reference<Derivation>.Parse(A))],
            Tools = ["git"],
            Network = true,
            Platform = "linux-x64",
            Seed = "s",
            Epoch = "Daily",
        });
        foreach (var builder in new Builder[]
        {
            new Builder.Script(RelativePath.Parse("a.py"), ["x"], "python3"),
                new Builder.Program(Reference<Tree>.Parse(A), RelativePath.Parse("T.dll"), ["x"]),
            new Builder.Download(Digest.Parse(A), "x.zip", true), new Builder.Import(Reference<Tree>.Parse(A)),
        })
        {
            Try(new Resolved
            {
                Builder = builder,
                Parameters = Map("rate"),
                Sources = [new(RelativePath.Parse("run.sh"), Digest.Parse(A), true)],
                Inputs = [new(RelativePath.Parse("model/1"), ContentKind.Directory, false, Digest.Parse(A))],
                Tools = Map("git"),
                Network = true,
                Epoch = "2026-11-22",
            });
        }
        Try(new Realization(Reference<Resolved>.Parse(A), Reference<Tree>.Parse(A)));
        Try(new Run(Facts, Reference<Tree>.Parse(A)));
        Try(new Failure(Facts, 137, "exit code 137"));
        Try(new Rejection(Reference<Realization>.Parse(A), "reason", "who", DateTimeOffset.UnixEpoch));
        Try(new Pin(Reference<Realization>.Parse(A), Reference<Resolved>.Parse(A), Reference<Tree>.Parse(A), "reason", "who",
            DateTimeOffset.UnixEpoch)
        {
            Name = StageName.Parse("published"),
        });
        Try(new Note(Digest.Parse(A), "text", "who", DateTimeOffset.UnixEpoch));
        // The check of a root is recomputed: somebody who can write into a store can do that too.
        Try(Root(), json => json.Members.ContainsKey("check")
            ? json.With("check",
            Digest.Of(CanonicalJson.ToBytes(JsonValue.Object.Of(
                json.Members.Where(m => m.Key is not ("check" or "format"))))).ToString()) : json);
    }

    [Theory]
    [InlineData("order", "9223372036854775807", "the member 'order' is 9223372036854775807; it should be from 0 to")]
    [InlineData("order", "-1", "the member 'order' is -1; it should be from 0 to")]
    [InlineData("replicate", "-5", "the member 'replicate' is -5; it should be from 1 to")]
    [InlineData("replicate", "0", "the member 'replicate' is 0; it should be from 1 to")]
    [InlineData("attempt", "2147483647", "the member 'attempt' is 2147483647; it should be from 1 to")]
    [InlineData("retries", "-1", "the member 'retries' is -1; it should be from 0 to")]
    [InlineData("seed", "-1", "the member 'seed' is -1; it should be from 0 to")]
    [InlineData("start", "\"0001-01-01T00:00:00.000Z\"", "'0001-01-01T00:00:00.000Z' is no time")]
    [InlineData("end", "\"9999-12-31T23:59:59.999Z\"", "'9999-12-31T23:59:59.999Z' is no time")]
    [InlineData("nonce", "\"\\ud800\"", "a text holds half of a surrogate pair")]
    public void Of_runs_are_refused(string member, string value, string problem)
    {
        var error = Assert.Throws<FormatException>(
            () => RecordBytes.Parse<Run>(
            With(new Run(Facts, Reference<Tree>.Parse(A)).ToJson().With("format", Run.Format), [member], value, j => j)));

        Assert.StartsWith(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_selections_do_not_fit_each_other()
    {
        var error = Assert.Throws<FormatException>(() =>
            RecordBytes.Parse<Root>(
                With(Root().ToJson().With("format", Model.Root.Format), ["stages", "model", "trees"], $"[\"{A}\"]", j => j)));

        Assert.Equal("a selection of 2 realizations has 1 trees and 2 metrics", error.Message);
    }

    [Theory]
    [InlineData("f {0} -1 a")]
    [InlineData("f {0} 1e3 a")]
    [InlineData("f {0} 9223372036854775808 a")]
    [InlineData("f {0} 9223372036854775807 a\nf {0} 9223372036854775807 b")]
    [InlineData("f {0} 1 ../a")]
    [InlineData("f {0} 1 a\nf {0} 1 a")]
    [InlineData("f {0} 1 a\nf {0} 1 a/b")]
    public void That_are_listings_are_refused(string lines) =>
        Assert.Throws<FormatException>(() => Tree.Parse(Encoding.UTF8.GetBytes($"{Tree.Format}\n{string.Format(null, lines, A)}\n")));

    [Fact]
    public void Whose_clock_was_set_back_are_read_and_took_no_time()
    {
        var run = new Run(Facts with { End = Facts.Start.AddHours(-1) }, Reference<Tree>.Parse(A));

        Assert.Equal(TimeSpan.Zero, RecordBytes.Parse<Run>(run.ToBytes()).Facts.Duration);
    }

    static void Try<T>(T record, Func<JsonValue.Object, JsonValue.Object>? sign = null) where T : class, IRecord<T>
    {
        var json = record.ToJson().With("format", T.Format);
        foreach (var path in Paths(json).Where(p => p is not ["format"]))
            foreach (var value in Odd)
                TryParse<T>(With(json, path, value, sign ?? (j => j)),
                    $"{T.Format} {string.Join('/', path)} = {value[..Math.Min(value.Length, 60)]}");
    }

    static void TryParse<T>(byte[] bytes, string what) where T : class, IRecord<T>
    {
        try
        {
            var read = RecordBytes.Parse<T>(bytes);
            // What is taken can be written, named and shown.
            Assert.NotEmpty(read.ToBytes());
            Assert.NotNull(read.ToString());
        }
        catch (FormatException e)
        {
            Assert.True(e.Message.Length < 1000, $"{what}: {e.Message.Length} characters");
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    // Every member and item, however deep.
    static IEnumerable<string[]> Paths(JsonValue value) => value switch
    {
        JsonValue.Object members => members.Members.SelectMany(m => Paths(m.Value).Select(p => (string[])[m.Key, .. p]).Prepend([m.Key])),
        JsonValue.Array array => array.Items.SelectMany((item, i) => Paths(item).Select(p => (string[])[$"{i}", .. p]).Prepend([$"{i}"])),
        _ => [],
    };

    // Written as text: canonical records hold no such values.
    static byte[] With(JsonValue.Object record, string[] path, string value, Func<JsonValue.Object, JsonValue.Object> sign)
    {
        const string mark = "#odd#";
        var marked = (JsonValue.Object)Replace(record, path, new JsonValue.String(mark));
        try
        {
            // Where the odd value can be signed, it is.
            if (!value.Contains("\\u", StringComparison.Ordinal) && JsonReader.TryParse(Encoding.UTF8.GetBytes(value), out var odd, out _))
                return CanonicalJson.ToBytes(sign((JsonValue.Object)Replace(record, path, odd)));
        }
        catch (ArgumentException)
        {
        }
        return Encoding.UTF8.GetBytes(CanonicalJson.ToText(marked).Replace($"\"{mark}\"", value, StringComparison.Ordinal));
    }

    static JsonValue Replace(JsonValue value, string[] path, JsonValue by) => path is [] ? by : value switch
    {
        JsonValue.Object members => members.With(path[0], Replace(members.Find(path[0])!, path[1..], by)),
        JsonValue.Array array =>
            new JsonValue.Array([.. array.Items.Select((item, i) => $"{i}" == path[0] ? Replace(item, path[1..], by) : item)]),
        _ => throw new InvalidOperationException(),
    };

    static readonly RunFacts Facts = new()
    {
        Resolved = Reference<Resolved>.Parse(A),
        Derivation = Reference<Derivation>.Parse(A),
        Context = ImmutableSortedDictionary.CreateRange<string, ImmutableArray<Reference<Realization>>>(Utf8Order.Instance,
            [KeyValuePair.Create("split", ImmutableArray.Create(Reference<Realization>.Parse(A)))]),
        Replicate = 3,
        Attempt = 2,
        Seed = 7,
        Order = 17,
        Nonce = "0123456789abcdef",
        Start = DateTimeOffset.UnixEpoch.AddYears(50),
        End = DateTimeOffset.UnixEpoch.AddYears(50).AddHours(1),
        Host = new("host", "Linux 6.1", "linux-x64", "CPU @ 3 GHz", 2, "1.0.0"),
        Sandbox = "bubblewrap 0.8",
        Tools = Map("git"),
        Programs = Map("python3"),
        Url = "https://example.org/x",
        Passed = ["HTTPS_PROXY"],
        Limits = Map("cores"),
        Retries = 1,
        Log = Reference<Log>.Parse(A),
    };

    static Root Root()
    {
        var result = new ChosenResult(Reference<Realization>.Parse(A), Reference<Resolved>.Parse(A), Reference<Tree>.Parse(A), "0.9");
        var choice = new Choice(Reference<Derivation>.Parse(A), [result, result with { Metric = "0.95" }], Matcher.IsPlural);
        var selection = new Selection(choice, Matcher, [Digest.Parse(A)], 17);
        var stages = ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase)
            .Add("model", selection with { Reads = [RelativePath.Parse("x")] });
        return new("/project/x.lnproj", stages)
        {
            LockFile = "/project/lightnix.lock.json",
            Pending = ImmutableSortedDictionary.Create<string, Reference<Resolved>>(StringComparer.OrdinalIgnoreCase)
                .Add("other", Reference<Resolved>.Parse(A)),
        };
    }

    static ImmutableSortedDictionary<string, string> Map(string key) =>
        ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance).Add(key, "value");
}
