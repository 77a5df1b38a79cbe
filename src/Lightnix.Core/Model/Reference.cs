using System.Diagnostics.CodeAnalysis;

namespace Lightnix.Model;

/// <summary>The full SHA-256 of a record's, a log's or a tree listing's bytes: what it is known by, everywhere.</summary>
/// <typeparam name="T">What it refers to, so that one kind of reference is never taken for another.</typeparam>
public sealed record Reference<T>(Digest Digest) : IComparable<Reference<T>>
{
    /// <exception cref="FormatException">The text is not 64 hexadecimal characters.</exception>
    public static Reference<T> Parse(string text) => new(Digest.Parse(text));

    public static bool TryParse(string? text, [NotNullWhen(true)] out Reference<T>? reference)
    {
        reference = Digest.TryParse(text, out var digest) ? new(digest) : null;
        return reference is not null;
    }

    /// <summary>The first characters, for messages.</summary>
    public string Short => Digest.Short;

    public int CompareTo(Reference<T>? other) => Digest.CompareTo(other?.Digest);

    public override string ToString() => Digest.ToString();
}
