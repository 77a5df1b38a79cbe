namespace Lightnix.Planning;

sealed class PromiseReader(StageList stages, PromiseTable table, Findings findings)
{
    static readonly string[] Types = Enum.GetNames<PromiseType>();
    // The item types that .NET's own targets use; any other is an author's own.
    static readonly ImmutableArray<string> ItemTypes =
        ["AdditionalFiles", "Analyzer", "Compile", "Content", "EmbeddedResource", "None", "Reference", "Resource"];
    static readonly ImmutableArray<string> Copies = ["Never", "IfDifferent", "Always", "PreserveNewest"];

    public void Read(DeclaredItem item)
    {
        var reader = new ItemReader(item, findings);
        var path = ReadPath(item);
        var matches = stages.Read(reader, out var whole);
        if (whole && matches.IsEmpty)
            findings.Add(DeclarationErrors.PromiseWithoutStage(item));
        var promise = ReadRest(reader, path ?? RelativePath.Root);
        if (path is null)
            return;
        if (!whole || matches.IsEmpty)
            table.AddHomeless(path);
        var links = new LinkReader(findings);
        foreach (var (draft, cell) in matches.SelectMany(m => m.Cells.Select(c => (m.Draft, c))).DistinctBy(c => c.c.Name))
            table.Add(cell, links.Read(reader, path, draft, cell) is { } link ? promise with { Link = link } : promise);
    }

    RelativePath? ReadPath(DeclaredItem item)
    {
        var text = item.Include;
        if (text.AsSpan().IndexOfAny('*', '?') >= 0)
            findings.Add(DeclarationErrors.WildcardInPromise(text, item));
        else if (PlaceholderText.FirstIn(text) is { } placeholder)
            return Meant(item, text, placeholder);
        else if (!string.IsNullOrWhiteSpace(text) && RelativePath.TryParse(text, out var path) && !path.IsRoot)
        {
            if (TooLong(path) is { } limit)
                findings.Add(DeclarationErrors.LongPromisePath(item, limit));
            return path;
        }
        else
            findings.Add(DeclarationErrors.IllegalPromisePath(item));
        return null;
    }

    // No builder can keep such a promise, which is better known before it runs.
    static string? TooLong(RelativePath path) =>
        path.ToString().Split('/').Max(Encoding.UTF8.GetByteCount) is > PathLimits.LongestName and var name
            ? string.Create(CultureInfo.InvariantCulture, $"a name in it has {name} bytes, and {PathLimits.LongestName} is the most")
            : Encoding.UTF8.GetByteCount(path.ToString()) is > PathLimits.Longest and var whole
            ? string.Create(CultureInfo.InvariantCulture, $"the path has {whole} bytes, and {PathLimits.Longest} is the most")
            : null;

    // The meant path counts as promised, so that one mistake is reported once.
    RelativePath? Meant(DeclaredItem item, string text, string placeholder)
    {
        var meant = PlaceholderText.PathMeantBy(text);
        findings.Add(DeclarationErrors.PlaceholderInPath(item, null, placeholder, meant));
        return RelativePath.TryParse(meant ?? "", out var path) && !path.IsRoot ? path : null;
    }

    static Promise ReadRest(ItemReader reader, RelativePath path)
    {
        var word = reader.Choice(Names.Type, Types);
        var promise = new Promise
        {
            Path = path,
            Item = reader.Item,
            Type = word is null ? PromiseType.Any : Enum.Parse<PromiseType>(word),
            NonEmpty = reader.Flag(Names.NonEmpty),
            MinSize = reader.Size(Names.MinSize),
            MaxSize = reader.Size(Names.MaxSize),
            Min = reader.Number(Names.Min),
            Max = reader.Number(Names.Max),
            Columns = [.. reader.List(Names.Columns).SelectMany(c => Escapes.List(c, ','))],
            MinRows = reader.Count(Names.MinRows, 0, long.MaxValue),
            Pointer = reader.Text(Names.Pointer),
            Sha256 = ReadHash(reader),
            Pattern = reader.Text(Names.Pattern),
            MinCount = reader.Count(Names.MinCount, 0, long.MaxValue),
            CopyToOutputDirectory = ReadCopy(reader, Names.CopyToOutputDirectory),
            CopyToPublishDirectory = ReadCopy(reader, Names.CopyToPublishDirectory) ?? ReadCopy(reader, Names.CopyToOutputDirectory),
        };
        CheckItemType(reader);
        PromiseRules.Check(reader, promise, isTypeKnown: word is not null || reader.Text(Names.Type) is null);
        return promise;
    }

    // PreserveNewest compares times, and would leave a stale file behind when a build goes back to an older result.
    static string? ReadCopy(ItemReader reader, string name) =>
        reader.Choice(name, Copies) is { } copy ? copy == "PreserveNewest" ? "IfDifferent" : copy : null;

    // MSBuild itself would refuse it at a line of .NET's own targets, or ignore it.
    static void CheckItemType(ItemReader reader)
    {
        var text = reader.Text(Names.OutputItemType);
        if (text is null || ItemTypes.Contains(text, StringComparer.OrdinalIgnoreCase))
            return;
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') || char.IsAsciiDigit(text[0]) || text[0] == '-')
            reader.Refuse(Names.OutputItemType, text, "it is one item type: letters, digits, '_' and '-', as EmbeddedResource");
        else if (Spelling.Nearest(text, ItemTypes) is { } meant)
            reader.Add(DeclarationErrors.UnusualItemType(reader.Item, text, meant));
    }

    static Digest? ReadHash(ItemReader reader)
    {
        var text = reader.Text(Names.Sha256);
        if (!Digest.TryParse(text, out var hash) && text is not null)
            reader.Refuse(Names.Sha256, text, "a SHA-256 has 64 hexadecimal digits, as 'sha256sum' prints them");
        return hash;
    }
}
