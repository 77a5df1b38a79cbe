using Microsoft.ML.Data;

namespace Digits;

/// <summary>
/// What a model sees of a digit. Trainer and app both come here for it: a model that is served other features than it was
/// trained with is wrong without a word.
/// </summary>
public sealed class Example
{
    const int Count = Digit.Side * Digit.Side + 2 * Digit.Side;

    /// <summary>The pixels from 0 to 1, then the mean of each row, then that of each column.</summary>
    [VectorType(Count)]
    public float[] Features { get; set; } = [];

    public uint Value { get; set; }

    public static Example Of(Digit digit)
    {
        var pixels = digit.Pixels.Select(ink => (float)ink / Digit.MaxInk).ToArray();
        var rows = pixels.Chunk(Digit.Side).Select(row => row.Average());
        var columns = Enumerable.Range(0, Digit.Side).Select(column => pixels.Where((_, i) => i % Digit.Side == column).Average());
        return new() { Features = [.. pixels, .. rows, .. columns], Value = (uint)(digit.Value ?? 0) };
    }
}
