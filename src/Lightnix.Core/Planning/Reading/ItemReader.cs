namespace Lightnix.Planning;

/// <summary>Reads the metadata of one item as values; what cannot be read is a finding, and then as if it were absent.</summary>
sealed class ItemReader(DeclaredItem item, Findings findings)
{
    static readonly ImmutableArray<(string Suffix, long Bytes)> Units = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    const int MostHours = 99999;

    public DeclaredItem Item => item;

    /// <summary>A text, escapes decoded, without blanks around it; null where there is none.</summary>
    public string? Text(string name) => Raw(name)?.Trim();

    /// <summary>A text with the blanks around it, escapes decoded; null where it is blank.</summary>
    public string? Raw(string name) => item.Find(name) is { } text && !string.IsNullOrWhiteSpace(text) ? Escapes.Decode(text) : null;

    public ImmutableArray<string> List(string name) => item.Find(name) is { } text ? Escapes.List(text) : [];

    /// <summary>A <c>;</c> list of <c>name=value</c>, values as written.</summary>
    /// <param name="isName">Which names are lawful.</param>
    /// <param name="rule">The same, for messages.</param>
    /// <param name="example">What would be right, for messages.</param>
    /// <param name="whole">False when an entry could not be read.</param>
    public ImmutableSortedDictionary<string, string> Pairs(string name, Func<string, bool> isName, string rule, string example,
        out bool whole)
    {
        whole = true;
        if (item.Find(name) is not { } text)
            return Derivation.NoTexts;
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(Utf8Order.Instance);
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? "" : Escapes.Decode(entry[..equals].TrimEnd());
            if (equals < 0)
                whole = Refuse(name, entry, $"an entry of {name} is a name and a value, as '{example}'");
            else if (!isName(key))
                whole = Refuse(name, entry, $"{rule}, as '{example}'");
            else if (!pairs.TryAdd(key, Escapes.Decode(entry[(equals + 1)..].TrimStart())))
                whole = Refuse(name, entry, $"'{key}' is given twice in {name}; leave one");
        }
        return pairs.ToImmutable();
    }

    public bool Flag(string name) => Text(name) is { } text
        && (string.Equals(text, "true", StringComparison.OrdinalIgnoreCase)
            || (!string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) && Refuse(name, text, $"{name} is 'true' or 'false'")));

    /// <summary>A whole number, in plain digits.</summary>
    public long? Count(string name, long least, long most = int.MaxValue)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Refuse(name, text, IsMore(text, most)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is at most {most}")
            : string.Create(CultureInfo.InvariantCulture, $"{name} is a whole number from {least}"));
        return null;
    }

    /// <summary>Bytes, or <c>KiB</c>, <c>MiB</c>, <c>GiB</c>.</summary>
    public long? Size(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var (suffix, bytes) =
            Units.FirstOrDefault(u => text.EndsWith(u.Suffix, StringComparison.OrdinalIgnoreCase), (Suffix: "", Bytes: 1L));
        if (long.TryParse(text[..^suffix.Length].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= long.MaxValue / bytes)
            return value * bytes;
        Refuse(name, text, IsMore(text[..^suffix.Length].TrimEnd(), long.MaxValue / bytes)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is at most {long.MaxValue / bytes}{suffix}")
            : $"{name} is a whole number of bytes, or of KiB, MiB or GiB, as '512MiB'");
        return null;
    }

    /// <summary>A finite number in the invariant culture.</summary>
    public double? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            return value;
        Refuse(name, text, double.IsInfinity(value) && text.Any(char.IsAsciiDigit)
            ? string.Create(CultureInfo.InvariantCulture, $"{name} is from {double.MinValue} to {double.MaxValue}")
            : $"{name} is a number with a point, as '0.9' or '1e-3'");
        return null;
    }

    /// <summary><c>hh:mm:ss</c>; hours may go beyond a day.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var written = text.Split(':');
        var parts = written.Select(Part).ToArray();
        if (parts is [>= 0 and var hours, >= 0 and < 60 and var minutes, >= 0 and < 60 and var seconds] && hours + minutes + seconds > 0)
            return new TimeSpan(hours, minutes, seconds);
        Refuse(name, text, (written, parts) switch
        {
            (_, [0, 0, 0]) => $"{name} is more than zero, at least '00:00:01'",
            ([var many, _, _], [_, >= 0 and < 60, >= 0 and < 60]) when IsMore(many, MostHours) => $"{name} is at most '{MostHours}:59:59'",
            (_, [>= 0, >= 0, >= 0]) => $"{name} has at most 59 minutes and at most 59 seconds, as '01:30:00'",
            _ => $"{name} is hours, minutes and seconds, as '01:30:00'",
        });
        return null;

        static int Part(string part) =>
            part.Length is > 0 and < 6 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    /// <summary>True of a number above the limit, also of one that is too large for every type of number.</summary>
    public static bool IsMore(string text, long most) =>
        text.Length > 0 && text.All(char.IsAsciiDigit)
            && (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > most);

    /// <summary>One of several words, without regard to case.</summary>
    /// <returns>The word as it is listed, or null.</returns>
    public string? Choice(string name, IEnumerable<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase)) is { } word)
            return word;
        findings.Add(DeclarationErrors.UnknownValue(item, name, text, words));
        return null;
    }

    /// <summary>A relative path that stays inside and is not the folder itself.</summary>
    public RelativePath? RelativePath(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Model.RelativePath.TryParse(text, out var path) && !path.IsRoot)
            return path;
        Refuse(name, text, $"{name} is a relative path without '..', as 'data/table.csv'");
        return null;
    }

    /// <returns>False, so that it can stand in a condition.</returns>
    public bool Refuse(string name, string value, string right)
    {
        findings.Add(DeclarationErrors.IllegalValue(item, name, value, right));
        return false;
    }

    public void Add(Diagnostic diagnostic) => findings.Add(diagnostic);
}
