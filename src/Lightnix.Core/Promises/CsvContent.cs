using CsvHelper;
using Lightnix.Contracts;

namespace Lightnix.Promises;

/// <summary>A table as RFC 4180 has it: UTF-8, commas, a header, and in each row as many fields as in the header. Blank lines are passed
/// over, as every common reader does. It is read in one pass, and no more than one record is in memory.</summary>
internal static class CsvContent
{
    /// <summary>A quote that is never closed makes one record of the rest of the file.</summary>
    const int MaxRecordSize = 64 << 20;

    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        var quoting = new Flaws();
        var fields = new Flaws();
        using var text = new Utf8Stream(result.Open(file));
        using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = ',',
            DetectSeparatorHint = false,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordSize,
            OnMalformedRecord = r => quoting.Add(FormattableString.Invariant($"line {r.LineNumber} has {Sentence(r.Reason)}")),
        });
        string[] header = [];
        long? rows = null;
        try
        {
            csv.ReadHeader();
            header = [.. csv.Headers];
            var read = 0L;
            for (; csv.Read() && text.Problem is null; read++)
            {
                if (csv.FieldCount != header.Length)
                    fields.Add(FormattableString.Invariant(
                        $"line {csv.LineNumber} has {Quoted.Count(csv.FieldCount, "field")} where the header has {header.Length}"));
            }
            rows = read;
        }
        catch (CsvFormatException e)
        {
            quoting.Add(Quoted.Reason(e.Message));
        }

        if (text.Problem is { } notText)
            return [$"{promise.Path} {notText}"];
        if (header.Length == 0 && quoting.Count == 0)
            return [$"{promise.Path} is blank: it has no header"];
        var lacking = promise.Columns.Where(c => !header.Contains(c, StringComparer.Ordinal)).ToArray();
        return
        [
            .. quoting.Sentences(promise),
            .. fields.Sentences(promise),
            .. lacking.Length == 0 ? Array.Empty<string>()
                : [$"{promise.Path} lacks the column{(lacking.Length == 1 ? "" : "s")} {Quoted.Names(lacking, lacking.Length)}; it has "
                    + $"{Quoted.Names(header)}"],
            .. rows < promise.MinRows ? [$"{promise.Path} has {Quoted.Count(rows.Value, "row")}, fewer than MinRows {promise.MinRows}"]
                : Array.Empty<string>(),
        ];
    }

    static string Sentence(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote inside a field that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "text after a closing quote",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => $"malformed text ({reason})",
    };

    /// <summary>The first flaw of a kind, and how many there are: a million rows may have the same one.</summary>
    sealed class Flaws
    {
        string _first = "";

        public long Count { get; private set; }

        public void Add(string flaw) => _first = Count++ == 0 ? flaw : _first;

        public IEnumerable<string> Sentences(Promise promise) =>
            Count == 0 ? [] : [$"{promise.Path}: {_first}{(Count > 1 ? $" (and {Quoted.Count(Count - 1, "more row")} like it)" : "")}"];
    }
}
