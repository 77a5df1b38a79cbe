namespace Lightnix.Hashing;

/// <summary>Orders text by its UTF-8 bytes, which is the order of its code points. Ordinal comparison of .NET strings orders by UTF-16
/// units and differs where surrogates meet U+E000 and above.</summary>
public sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var shared = Math.Min(x.Length, y.Length);
        for (var i = 0; i < shared; i++)
        {
            if (x[i] != y[i])
                return Rank(x[i]) - Rank(y[i]);
        }
        return x.Length - y.Length;
    }

    // A surrogate stands for a code point above every other UTF-16 unit.
    static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
