using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Lightnix.Model;

/// <summary>A stage's name: a letter, then letters, digits, <c>_</c> and <c>-</c>, at most 100 characters; equal without regard to case.</summary>
public sealed record StageName : IComparable<StageName>
{
    public const int MaxLength = 100;

    /// <summary>Words that placeholders and the working folder use themselves.</summary>
    public static ImmutableArray<string> Reserved { get; } = ["out", "seed", "replicate", "cores", "params", "in"];

    readonly string _text;

    StageName(string text) => _text = text;

    /// <exception cref="FormatException">The text is no stage name.</exception>
    public static StageName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a stage name");

    public static bool TryParse(string? text, [NotNullWhen(true)] out StageName? name)
    {
        name = text is { Length: > 0 and <= MaxLength }
            && char.IsAsciiLetter(text[0])
            && text.All(IsLegal)
            && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? new(text)
            : null;
        return name is not null;
    }

    public static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    public bool Equals(StageName? other) => string.Equals(_text, other?._text, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text);

    public int CompareTo(StageName? other) => StringComparer.OrdinalIgnoreCase.Compare(_text, other?._text);

    public override string ToString() => _text;
}
