using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Lightnix.Hashing;

/// <summary>A SHA-256 digest, written as 64 lower-case hexadecimal characters.</summary>
public sealed record Digest : IComparable<Digest>
{
    /// <summary>How long its text is.</summary>
    public const int TextLength = 64;

    readonly string _hex;

    Digest(string hex) => _hex = hex;

    public static Digest Of(ReadOnlySpan<byte> bytes) => FromBytes(SHA256.HashData(bytes));

    /// <summary>The digest of the rest of a stream.</summary>
    public static Digest Of(Stream stream) => FromBytes(SHA256.HashData(stream));

    public static Digest FromBytes(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new(Convert.ToHexStringLower(hash))
            : throw new ArgumentException($"a SHA-256 digest has {SHA256.HashSizeInBytes} bytes, not {hash.Length}", nameof(hash));

    /// <exception cref="FormatException">The text is not 64 hexadecimal characters.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256 digest: 64 hexadecimal characters");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = text?.Length == TextLength && text.All(char.IsAsciiHexDigit) ? new(text.ToLowerInvariant()) : null;
        return digest is not null;
    }

    /// <summary>The first characters, for messages.</summary>
    public string Short => _hex[..12];

    public byte[] ToBytes() => Convert.FromHexString(_hex);

    public int CompareTo(Digest? other) => string.CompareOrdinal(_hex, other?._hex);

    public override string ToString() => _hex;
}
