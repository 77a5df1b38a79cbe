using System.IO.Compression;
using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>What is decided by reading a file.</summary>
public sealed class Contents
{
    [Theory]
    [InlineData("", null)]
    [InlineData("plain\n", null)]
    [InlineData("\ufeffgrün €\U0001F600", null)]
    [InlineData("a\nb\0c", "is not text: line 2 holds a NUL")]
    public void Text(string text, string? problem) =>
        Assert.Equal(Broken("a.txt", problem), Of("a.txt", text).Breaks(Promised("a.txt", PromiseType.Text)));

    [Fact]
    public void Text_that_is_not_UTF8()
    {
        Assert.Equal(["a.txt is not UTF-8: line 2 holds the bytes fc"],
            Of("a.txt", [.. "a\ngr"u8, 0xFC, .. "n"u8]).Breaks(Promised("a.txt", PromiseType.Text)));
        Assert.Equal(["a.txt is not UTF-8: line 1 holds the bytes e282"],
            Of("a.txt", [.. "a"u8, 0xE2, 0x82]).Breaks(Promised("a.txt", PromiseType.Text)));
        Assert.Equal(["a.txt is not UTF-8: line 1 holds the bytes ff"],
            Of("a.txt", Encoding.Unicode.GetPreamble()).Breaks(Promised("a.txt", PromiseType.Text)));
    }

    [Fact]
    public void Text_is_text_wherever_its_pieces_end()
    {
        var text = string.Concat(Enumerable.Repeat("€\U0001F600ü\n", 40_000));

        Assert.Empty(Empty.With("a.txt", 1, () => new Dripping(Encoding.UTF8.GetBytes(text))).Breaks(Promised("a.txt", PromiseType.Text)));
    }

    [Theory]
    [InlineData("0.953", null)]
    [InlineData(" \t-1.5e-3\r\n", null)]
    [InlineData("\ufeff12\n", null)]
    [InlineData("+.5", null)]
    [InlineData("", "is blank where one finite number should be")]
    [InlineData(" \n", "is blank where one finite number should be")]
    [InlineData("0,953", "is \"0,953\", which is not one finite number")]
    [InlineData("1,000", "is \"1,000\", which is not one finite number")]
    [InlineData("NaN", "is \"NaN\", which is not one finite number")]
    [InlineData("1e999", "is \"1e999\", which is not one finite number")]
    [InlineData("1 2", "is \"1 2\", which is not one finite number")]
    [InlineData("12%", "is \"12%\", which is not one finite number")]
    [InlineData("1\0", "is \"1 \", which is not one finite number")]
    public void Number(string text, string? problem) =>
        Assert.Equal(Broken("accuracy.txt", problem), Of("accuracy.txt", text).Breaks(Promised("accuracy.txt", PromiseType.Number)));

    [Fact]
    public void A_large_file_is_no_number_and_is_not_read()
    {
        var result = Empty.With("big", 10L << 30, () => throw new InvalidOperationException("it was read"));

        Assert.Equal(["big has 10737418240 bytes, too many for one number"], result.Breaks(Promised("big", PromiseType.Number)));
    }

    [Fact]
    public void Min_and_Max()
    {
        var result = Of("accuracy.txt", "0.87\n");
        var promise = Promised("accuracy.txt", PromiseType.Number);

        Assert.Empty(result.Breaks(promise with { Min = 0.87, Max = 0.87 }));
        Assert.Equal(["accuracy.txt is 0.87, less than Min 0.9"], result.Breaks(promise with { Min = 0.9 }));
        Assert.Equal(["accuracy.txt is 0.87, more than Max -1"], result.Breaks(promise with { Max = -1 }));
        Assert.Equal(["accuracy.txt is 0.87, less than Min 0.9"], result.Breaks(Promised("accuracy.txt") with { Min = 0.9 }));
    }

    [Theory]
    [InlineData("/test/accuracy", 0.9, null)]
    [InlineData("/runs/1", 2.0, null)]
    [InlineData("/test/accuracy", 0.99, "metrics.json#/test/accuracy is 0.95, less than Min 0.99")]
    [InlineData("/test/acuracy", null, "metrics.json has nothing at /test/acuracy; beside it is \"accuracy\", \"name\"")]
    [InlineData("/test/name", null, "metrics.json#/test/name is the text \"0.5\", which is not one finite number")]
    [InlineData("/test", null, "metrics.json#/test is an object, which is not one finite number")]
    [InlineData("test", null, "\"test\" is not a JSON pointer: it begins with '/', and '~' is written '~0'")]
    public void A_pointer_names_the_number(string pointer, double? min, string? problem)
    {
        var result = Of("metrics.json", """{"test": {"name": "0.5", "accuracy": 0.95}, "runs": [1, 2]}""");

        Assert.All([PromiseType.Number, PromiseType.Json], type =>
            Assert.Equal(problem is null ? [] : new[] { problem },
                result.Breaks(Promised("metrics.json", type) with { Pointer = pointer, Min = min })));
    }

    [Theory]
    [InlineData("""{"a": [1, 2.5e3, "x", null, true]}""", null)]
    [InlineData("", "at line 1, column 1")]
    [InlineData("[1,]", "at line 1, column 4")]
    [InlineData("{}\n{}", "at line 2, column 1")]
    [InlineData("{\"a\": NaN}", "at line 1, column 7")]
    [InlineData("\ufeff{}", null)]
    [InlineData("{}\ufeff", "at line 1, column 3")]
    [InlineData("""[1e400, -1E+999, 1e-400]""", null)]
    public void Json(string text, string? place) => IsJsonBut(place, Of("a.json", text));

    // The words between are those of .NET.
    static void IsJsonBut(string? place, Result result) => Assert.Collection(
        result.Breaks(Promised("a.json", PromiseType.Json)),
        [.. place is null ? [] : new Action<string>[] { broken => Assert.Matches($"^a.json is not JSON: .*, {place}$", broken) }]);

    [Fact]
    public void Json_has_numbers_of_any_size_and_only_a_metric_is_finite()
    {
        var digits = new string('7', 500);
        var fraction = "0." + new string('3', 400);
        var result = Of("a.json",
            $$"""{"large": 1e400, "many": {{digits}}, "negative": -{{digits}}, "fraction": {{fraction}}, "last": [1, {{digits}}, 0.5]}""");

        Assert.Empty(result.Breaks(Promised("a.json", PromiseType.Json)));
        Assert.Empty(result.Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/last/2", Min = 0.5, Max = 0.5 }));
        Assert.Empty(result.Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/fraction", Min = 0.333, Max = 0.334 }));
        Assert.Equal(["a.json#/large is 1e400, which is not one finite number"],
            result.Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/large" }));
        Assert.Equal([$"a.json#/negative is -{digits[..59]}…, which is not one finite number"],
            result.Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/negative" }));
    }

    [Theory]
    [InlineData("[%]")]
    [InlineData("%")]
    [InlineData("{\"a\": 1, \"b\": %")]
    [InlineData("{\"a\": \"%\", \"a\": \"%\"}")]
    [InlineData("{\"%\": 1, \"%\": 1}")]
    public void No_message_about_a_large_text_is_large(string json)
    {
        var result = Of("a.json", json.Replace("%", new string('9', 1_000_000), StringComparison.Ordinal));

        Assert.All(result.Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/0", Min = 0 }),
            broken => Assert.InRange(broken.Length, 1, 1000));
    }

    [Fact]
    public void Json_with_a_member_twice() =>
        Assert.StartsWith("a.json is not JSON: member 'a' twice",
            Of("a.json", """{"a":1,"a":2}""").Breaks(Promised("a.json", PromiseType.Json)).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("]", null)]
    [InlineData(",]", "at line 1, column 20000002")]
    [InlineData("", "at line 1, column 20000001")]
    public void Json_that_is_large_streams_by(string end, string? place) =>
        IsJsonBut(place, Empty.With("a.json", 20_000_000, () => new Long("[1", ",1", 20_000_000, end)));

    [Fact]
    public void Json_that_is_large_may_begin_with_a_byte_order_mark()
    {
        var result = Empty.With("a.json", 20_000_000, () => new Long("\ufeff[1", ",1", 20_000_001, "]"));

        Assert.Empty(result.Breaks(Promised("a.json", PromiseType.Json)));
    }

    [Fact]
    public void One_sentence_when_the_same_is_wrong_twice() =>
        Assert.Single(Of("a.json", "{").Breaks(Promised("a.json", PromiseType.Json) with { Pointer = "/a", Min = 1 }));

    [Theory]
    [InlineData("a.txt", "", "")]
    [InlineData("", "a,b", "")]
    public void Zip(string one, string other, string text)
    {
        var bytes = Zipped([.. new[] { one, other }.Where(n => n.Length > 0).Select(n => (n, text))]);

        Assert.Empty(Of("a.zip", bytes).Breaks(Promised("a.zip", PromiseType.Zip)));
    }

    [Fact]
    public void An_empty_zip_is_a_zip() => Assert.Empty(Of("a.zip", Zipped([])).Breaks(Promised("a.zip", PromiseType.Zip)));

    [Fact]
    public void What_is_no_zip()
    {
        var whole = Zipped([("a.txt", new string('x', 100)), ("b/c.txt", "hello")]);
        var promise = Promised("a.zip", PromiseType.Zip);
        byte[] damaged = [.. whole];
        damaged[0] = 0;

        Assert.Empty(Of("a.zip", whole).Breaks(promise));
        Assert.StartsWith("a.zip is not a sound zip archive: ", Of("a.zip", whole[..^30]).Breaks(promise).Single(),
            StringComparison.Ordinal);
        Assert.StartsWith("a.zip is not a sound zip archive: ", Of("a.zip", "hello").Breaks(promise).Single(), StringComparison.Ordinal);
        Assert.StartsWith("a.zip is not a sound zip archive: ", Of("a.zip", "").Breaks(promise).Single(), StringComparison.Ordinal);
        Assert.Equal("a.zip is not a sound zip archive: its entry 'a.txt' is not where and what its directory says",
            Of("a.zip", damaged).Breaks(promise).Single());
    }

    [Fact]
    public void A_zip_with_a_changed_byte()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("a.txt", CompressionLevel.NoCompression).Open())
            entry.Write("hello"u8);
        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("hello"u8)] = (byte)'j';

        Assert.Equal(
            "a.zip is not a sound zip archive: its entry 'a.txt' is damaged: its checksum or its size is not what the directory says",
            Of("a.zip", bytes).Breaks(Promised("a.zip", PromiseType.Zip)).Single());
    }

    [Fact]
    public void No_damage_is_a_crash()
    {
        var whole = Zipped([("a.txt", "hello"), ("b.txt", "world")]);
        for (var i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0xFF;
            Assert.True(Of("a.zip", damaged).Breaks(Promised("a.zip", PromiseType.Zip)).Length <= 1);
            Assert.True(Of("a.zip", whole[..i]).Breaks(Promised("a.zip", PromiseType.Zip)).Length == 1);
        }
    }

    static string[] Broken(string path, string? problem) => problem is null ? [] : [$"{path} {problem}"];

    static byte[] Zipped((string Name, string Text)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }

    /// <summary>Gives a few bytes at a time.</summary>
    sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        int _reads;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1 + (++_reads * 7919 % 5000))]);
    }

    /// <summary>A start, a filling repeated up to a length, and an end; never in memory.</summary>
    sealed class Long(string start, string filling, int length, string end) : MemoryStream
    {
        readonly byte[] _start = Encoding.UTF8.GetBytes(start);
        int _at;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, length + end.Length - _at);
            for (var i = 0; i < count; i++, _at++)
                buffer[i] = _at < _start.Length ? _start[_at]
                    : (byte)(_at < length ? filling[(_at - _start.Length) % filling.Length] : end[_at - length]);
            return count;
        }
    }
}
