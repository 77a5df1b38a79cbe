namespace Lightnix.Cli;

/// <summary>A condition of <c>--where</c>: a parameter or a metric, an operator and a value, as <c>rate&lt;0.1</c>.</summary>
sealed record RunCondition(string Name, string Operator, string Value)
{
    // The longer ones first.
    static readonly string[] Operators = ["<=", ">=", "!=", "<", ">", "="];

    public static RunCondition Parse(string text)
    {
        foreach (var at in Enumerable.Range(1, Math.Max(0, text.Length - 1)))
        {
            if (Operators.FirstOrDefault(o => text.AsSpan(at).StartsWith(o)) is { } found)
                return new(text[..at].Trim(), found, text[(at + found.Length)..].Trim());
        }
        throw new MistakeException(
            $"'{text}' in --where is no condition: write a parameter or a metric, an operator ({string.Join(' ', Operators)}) and a value, "
            + "as 'rate<0.1'");
    }

    /// <summary>Numbers are compared as numbers, other values as texts. What has no such parameter or metric does not fit.</summary>
    public bool Fits(ConfigurationRow row)
    {
        if (row.Value(Name) is { } number && ConfigurationRow.TryNumber(Value) is { } limit)
            return Fits(number.CompareTo(limit));
        return row.Parameter(Name) is { } text && Fits(string.CompareOrdinal(text, Value));
    }

    bool Fits(int order) => Operator switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "=" => order == 0,
        _ => order != 0,
    };
}
