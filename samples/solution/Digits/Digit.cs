using System.Globalization;

namespace Digits;

/// <summary>A handwritten digit: 8 × 8 pixels from 0 to 16, row by row, and what it is, where that is known.</summary>
public sealed record Digit(IReadOnlyList<int> Pixels, int? Value)
{
    public const int Side = 8, MaxInk = 16;

    /// <summary>A file with a header line, then 64 pixels and the digit in each line, separated by commas.</summary>
    public static IEnumerable<Digit> ReadFile(string csv) => File.ReadLines(csv).Skip(1).Select(Parse);

    /// <exception cref="FormatException">It is not 64 numbers from 0 to 16 and, perhaps, a digit.</exception>
    public static Digit Parse(string line)
    {
        var values = line.Split(',').Select(value => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return new(
            CheckPixels(values[..Math.Min(values.Length, Side * Side)]),
            values.Length == Side * Side ? null
                : values.Length == Side * Side + 1 && values[^1] <= 9 ? values[^1]
                : throw new FormatException($"no digit: {line}"));
    }

    /// <exception cref="FormatException">They are not 64 numbers from 0 to 16.</exception>
    public static int[] CheckPixels(int[] pixels) =>
        pixels.Length == Side * Side && pixels.All(ink => ink is >= 0 and <= MaxInk)
            ? pixels
            : throw new FormatException($"a digit is {Side * Side} numbers from 0 to {MaxInk}, not [{string.Join(',', pixels)}]");

    /// <summary>The digit in characters, two for each pixel.</summary>
    public string Picture() => string.Concat(Pixels.Chunk(Side)
        .Select(row => string.Concat(row.Select(ink => new string(" .:oO"[ink * 4 / MaxInk], 2))).TrimEnd() + "\n"));
}
