using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>The Csv promise.</summary>
public sealed class Tables
{
    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\r\n1,2")]
    [InlineData("a,b\n")]
    [InlineData("a\n1\n")]
    [InlineData("\ufeffa,b\n1,2\n")]
    [InlineData("a,b\n\"x,\n\"\"y\",2\n")] // separators, line breaks and quotes inside quotes
    [InlineData("a,b\n,\n")]
    [InlineData("a,b\n\n1,2\n\n")] // blank lines, as every reader does
    [InlineData("a,b\n1;2,3\n")]
    public void Sound(string text) => Assert.Empty(Of("t.csv", text).Breaks(Promised("t.csv", PromiseType.Csv)));

    [Theory]
    [InlineData("", "t.csv is blank: it has no header")]
    [InlineData("\n\n", "t.csv is blank: it has no header")]
    [InlineData("a,b\n1\n", "t.csv: line 2 has 1 field where the header has 2")]
    [InlineData("a,b\n1,2,3\n4\n5\n1,2\n", "t.csv: line 2 has 3 fields where the header has 2 (and 2 more rows like it)")]
    [InlineData("a,b\n\"1\n\n2\",2\n3\n", "t.csv: line 5 has 1 field where the header has 2")]
    [InlineData("a,b\n1\"2,3\n", "t.csv: line 2 has a quote inside a field that is not quoted")]
    [InlineData("a,b\n\"1\"2,3\n", "t.csv: line 2 has text after a closing quote")]
    [InlineData("a,b\n1,\"2\n", "t.csv: line 2 has a quote that is never closed")]
    [InlineData("a,b\n1,2\n\0,3\n", "t.csv is not text: line 3 holds a NUL")]
    [InlineData("a;b\n1,2;3\n", "t.csv: line 2 has 2 fields where the header has 1")] // the separator is not guessed
    public void Unsound(string text, string expected) =>
        Assert.Equal([expected], Of("t.csv", text).Breaks(Promised("t.csv", PromiseType.Csv)));

    [Fact]
    public void Long_values_are_not_quoted_whole()
    {
        var value = new string('v', 1_000_000);

        Assert.All([$"{value},{value}\n1,2\n", $"a,b\n{value}\"{value},1\n", $"a,b\n\"{value}\"{value},1\n", $"a,b\n1,\"{value}",
            $"a,b\n{value}\n"], text =>
            Assert.All(Of("t.csv", text).Breaks(Promised("t.csv", PromiseType.Csv) with { Columns = ["a"] }),
                problem => Assert.InRange(problem.Length, 1, 400)));
    }

    [Fact]
    public void Other_encodings_are_no_Csv() =>
        Assert.Equal(["t.csv is not UTF-8: line 1 holds the bytes ff"],
            Of("t.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n")])
            .Breaks(Promised("t.csv", PromiseType.Csv)));

    [Fact]
    public void Columns_are_wanted_in_any_order_and_by_case()
    {
        var result = Of("train.csv", "a,b,\"c d\"\n1,2,3\n");
        var promise = Promised("train.csv", PromiseType.Csv);

        Assert.Empty(result.Breaks(promise with { Columns = ["c d", "a"] }));
        Assert.Equal(["train.csv lacks the column \"label\"; it has \"a\", \"b\", \"c d\""],
            result.Breaks(promise with { Columns = ["label", "a"] }));
        Assert.Equal(["train.csv lacks the columns \"A\", \"d\"; it has \"a\", \"b\", \"c d\""],
            result.Breaks(promise with { Columns = ["A", "d"] }));
    }

    [Fact]
    public void MinRows_counts_rows_without_the_header()
    {
        var result = Of("t.csv", "a,b\n1,2\n\n3,4\n");

        Assert.Empty(result.Breaks(Promised("t.csv", PromiseType.Csv) with { MinRows = 2 }));
        Assert.Equal(["t.csv has 2 rows, fewer than MinRows 3"], result.Breaks(Promised("t.csv", PromiseType.Csv) with { MinRows = 3 }));
        Assert.Equal(["t.csv has 2 rows, fewer than MinRows 3"], result.Breaks(Promised("t.csv") with { MinRows = 3 }));
    }

    [Fact]
    public void Every_reason_is_reported_together() =>
        Assert.Equal(
            ["t.csv has 8 bytes, less than MinSize 100", "t.csv: line 2 has 2 fields where the header has 1",
                "t.csv lacks the column \"label\"; it has \"a\"", "t.csv has 1 row, fewer than MinRows 5"],
            Of("t.csv", "a\n1,2\n\n\n")
                .Breaks(Promised("t.csv", PromiseType.Csv) with { Columns = ["label"], MinRows = 5, MinSize = 100 }));

    [Fact]
    public void A_million_rows_take_little_memory()
    {
        var result = Empty.With("t.csv", 1, () => new Rows(1_000_000));
        Breaks(Empty.With("t.csv", 1, () => new Rows(1_000)), 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Breaks(result, 1_000_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_fill_the_memory()
    {
        var result = Empty.With("t.csv", 1, () => new Rows(20_000_000, "a,b\n\"1,"));

        Assert.Single(result.Breaks(Promised("t.csv", PromiseType.Csv)));
    }

    static void Breaks(Result result, long rows) =>
        Assert.Equal([FormattableString.Invariant($"t.csv has {rows} rows, fewer than MinRows {rows + 1}")],
            result.Breaks(Promised("t.csv", PromiseType.Csv) with { MinRows = rows + 1 }));

    /// <summary>So many rows, never in memory.</summary>
    sealed class Rows(int count, string header = "a,b\n") : MemoryStream
    {
        int _row = -1;

        public override int Read(Span<byte> buffer)
        {
            if (buffer.Length < 64 || _row >= count)
                return 0;
            var written = 0;
            if (_row < 0)
                written = Encoding.UTF8.GetBytes(header, buffer);
            for (_row = Math.Max(_row, 0); _row < count && buffer.Length - written > 32; _row++)
            {
                _row.TryFormat(buffer[written..], out var digits, default, CultureInfo.InvariantCulture);
                written += digits;
                ",1\n"u8.CopyTo(buffer[written..]);
                written += 3;
            }
            return written;
        }
    }
}
