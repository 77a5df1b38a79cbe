namespace Lightnix.Planning;

sealed class MatcherReader(StageList stages, Findings findings)
{
    readonly ImmutableSortedDictionary<StageName, DeclaredMatcher>.Builder _byCell =
        ImmutableSortedDictionary.CreateBuilder<StageName, DeclaredMatcher>();

    /// <summary>The matcher of a stage, and where it was declared; the default one where none was.</summary>
    public DeclaredMatcher Of(StageName cell) => _byCell.GetValueOrDefault(cell, DeclaredMatcher.None);

    /// <param name="promising">The stages that must promise a metric: of a choice those that it names, else its cells.</param>
    public void Read(DeclaredItem item, Func<StageMatch, IEnumerable<StageName>> promising, ReadableStages readable)
    {
        var reader = new ItemReader(item, findings);
        var match = stages.Find(item, null, item.Include);
        var matcher = ReadMatcher(reader, match?.Draft.IsChoice == true, out var metric);
        if (match is null)
            return;
        if (matcher is { Select: Select.Quorum } && match.Draft.Execution.Checkpoint)
            Misused(reader, Names.Select, nameof(Select.Quorum), "the stage has Checkpoint=\"true\", and a program that goes on from a "
                + "checkpoint seldom gives the same bytes, so attempts cannot be compared; take out one of them");
        if (match.Draft.IsFixedOutput)
            CheckFixedOutput(reader, match.Draft);
        if (metric is not null)
            CheckPromised(reader, metric, [.. promising(match)], readable);
        DeclaredItem? first = null;
        foreach (var cell in match.Cells)
        {
            if (!_byCell.TryAdd(cell.Name, new(matcher ?? Matcher.Default, item)) && !stages.IsDuplicate(cell.Name))
                first ??= _byCell[cell.Name].Item;
        }
        if (first is not null)
            findings.Add(DeclarationErrors.SecondMatcher(item, first));
    }

    Matcher? ReadMatcher(ItemReader reader, bool isChoice, out Metric? metric)
    {
        var before = findings.Count;
        var declared = ReadWord<Select>(reader, Names.Select);
        var isKnown = findings.Count == before;
        var select = declared ?? (isChoice ? Select.Only : Select.Latest);
        metric = ReadMetric(reader);
        var order = ReadWord<Ordering>(reader, Names.Order);
        var realizations = ReadRealizations(reader);
        var countsAttempts = MatcherShape.CountsAttempts(select);
        var take = ReadCount(reader, Names.Take) ?? (countsAttempts ? 2 : 1);
        var atLeast = ReadCount(reader, Names.AtLeast) ?? (MatcherShape.TakesSeveral(select) ? take : 1);
        var least = countsAttempts ? take : Math.Max(atLeast, take);
        var atMost = ReadCount(reader, Names.AtMost) ?? (countsAttempts ? (2 * take) - 1 : least);
        if (isKnown && isChoice)
            CheckChoice(reader, select);
        else if (isKnown)
            CheckShape(reader, MatcherShape.Misplaced(select, isWritten: declared is not null), select, MatcherShape.Required(select));
        if (isKnown && !isChoice && atMost < least)
        {
            var cause = reader.Text(Names.AtLeast) is not null && atLeast == least ? Names.AtLeast : Names.Take;
            Misused(reader, Names.AtMost, reader.Text(Names.AtMost)!,
                $"it can never be satisfied, because {cause} is {least}; take {least} or more");
        }
        return findings.Count > before ? null : new()
        {
            Select = select,
            Take = take,
            AtLeast = atLeast,
            AtMost = atMost,
            LowestIsBest = order == Ordering.Min,
            Metric = metric,
            Realizations = realizations,
        };
    }

    void CheckChoice(ItemReader reader, Select select)
    {
        if (!MatcherShape.IsForChoices(select))
        {
            findings.Add(ChoiceErrors.MisusedMatcher(reader.Item, Names.Select, reader.Text(Names.Select)!));
            return;
        }
        ImmutableArray<string> ofRuns = [Names.AtLeast, Names.AtMost];
        foreach (var name in ofRuns.Where(name => reader.Text(name) is not null))
            findings.Add(ChoiceErrors.MisusedMatcher(reader.Item, name, reader.Text(name)!));
        CheckShape(reader, MatcherShape.Misplaced(select, isWritten: true), select,
            [.. MatcherShape.Required(select).Where(m => !ofRuns.Contains(m.Name))]);
    }

    void CheckShape(ItemReader reader, ImmutableArray<(string Name, string Why)> misplaced, Select select,
        ImmutableArray<(string Name, string Why)> required)
    {
        foreach (var (name, why) in misplaced.Where(m => reader.Text(m.Name) is not null))
            Misused(reader, name, reader.Text(name)!, $"with Select=\"{select}\" {why}");
        foreach (var (name, why) in required.Where(m => reader.Text(m.Name) is null))
            findings.Add(DeclarationErrors.IncompleteMatcher(reader.Item, select, name, why));
    }

    T? ReadWord<T>(ItemReader reader, string name) where T : struct, Enum
    {
        if (reader.Text(name) is not { } text)
            return null;
        var words = Enum.GetNames<T>();
        if (words.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase)) is { } word)
            return Enum.Parse<T>(word);
        Misused(reader, name, text, $"{name} is {Wording.Or(words)}{Wording.Guess(Spelling.Nearest(text, words))}");
        return null;
    }

    int? ReadCount(ItemReader reader, string name)
    {
        if (reader.Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MatcherShape.Most)
            return count;
        Misused(reader, name, text, ItemReader.IsMore(text, MatcherShape.Most)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is at most {MatcherShape.Most}")
            : $"{name} is a whole number from 1");
        return null;
    }

    Metric? ReadMetric(ItemReader reader)
    {
        if (reader.Text(Names.Metric) is not { } text)
            return null;
        if (PlaceholderText.FirstIn(text) is { } placeholder)
        {
            findings.Add(DeclarationErrors.PlaceholderInPath(reader.Item, Names.Metric, placeholder, PlaceholderText.PathMeantBy(text)));
            return null;
        }
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var pointer = hash < 0 ? null : text[(hash + 1)..];
        if (RelativePath.TryParse(hash < 0 ? text : text[..hash], out var file) && !file.IsRoot
            && (pointer is null || JsonPointer.TryParse(pointer, out _)))
            return new(file, pointer);
        Misused(reader, Names.Metric, text,
            "a metric is a promised file that holds one number, as 'accuracy.txt', or a JSON pointer into one, as 'scores.json#/accuracy'");
        return null;
    }

    ImmutableArray<string> ReadRealizations(ItemReader reader)
    {
        var references = reader.List(Names.Realizations);
        foreach (var reference in references.Where(r => r.Length is < MatcherShape.ShortestPrefix or > 64 || !r.All(char.IsAsciiHexDigit)))
        {
            Misused(reader, Names.Realizations, reference,
                $"a realization is named by its reference or the first {MatcherShape.ShortestPrefix} or more of its 64 hexadecimal digits");
        }
        return [.. references.Select(r => r.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
    }

    void CheckFixedOutput(ItemReader reader, StageDraft draft)
    {
        if (string.Equals(reader.Text(Names.Select), nameof(Select.Quorum), StringComparison.OrdinalIgnoreCase))
            findings.Add(DeclarationErrors.MatcherOfFixedOutput(reader.Item, Names.Select, reader.Text(Names.Select)!, draft.Kind));
        foreach (var name in new[] { Names.AtLeast, Names.AtMost, Names.Take }.Where(name => reader.Text(name) is { } text && text != "1"))
            findings.Add(DeclarationErrors.MatcherOfFixedOutput(reader.Item, name, reader.Text(name)!, draft.Kind));
    }

    void CheckPromised(ItemReader reader, Metric metric, ImmutableArray<StageName> promising, ReadableStages readable)
    {
        if (promising.FirstOrDefault(s => !readable.Covers(s, metric.File)) is { } stage)
            findings.Add(
                DeclarationErrors.MetricNotPromised(reader.Item, reader.Text(Names.Metric)!, stage, readable.PromisesOf(stage)));
        else if (promising.Any(s => readable.IsFolder(s, metric.File)))
            Misused(reader, Names.Metric, reader.Text(Names.Metric)!,
                "it is promised as a folder; a metric is a file that holds one number");
    }

    void Misused(ItemReader reader, string metadata, string value, string right) =>
        findings.Add(DeclarationErrors.MisusedMatcher(reader.Item, metadata, value, right));

    // The enum's names are the words of the metadatum.
    enum Ordering
    {
        /// <summary>The highest is best.</summary>
        Max,

        /// <summary>The lowest is best.</summary>
        Min,
    }
}

sealed record DeclaredMatcher(Matcher Matcher, DeclaredItem? Item)
{
    public static DeclaredMatcher None { get; } = new(Matcher.Default, null);
}
