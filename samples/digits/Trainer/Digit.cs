using Microsoft.ML;
using Microsoft.ML.Data;

namespace Trainer;

/// <summary>A handwritten digit: 8 × 8 pixels from 0 to 16, and what it is.</summary>
sealed class Digit
{
    [LoadColumn(0, 63), VectorType(64)]
    public float[] Pixels { get; set; } = [];

    [LoadColumn(64)]
    public uint Value { get; set; }

    public static IDataView Load(MLContext ml, string csv) =>
        ml.Data.LoadFromTextFile<Digit>(csv, separatorChar: ',', hasHeader: true);
}
