using MathNet.Numerics.Distributions;

namespace Lightnix.Cli;

/// <summary>Numbers about a sample. The interval covers the mean with a confidence of 95 %, if the values are about normal (Student's
/// t).</summary>
/// <param name="Deviation">The sample's standard deviation, with n − 1; NaN for one value.</param>
/// <param name="Low">The lower end of the interval; NaN for one value.</param>
sealed record Statistics(int Count, double Mean, double Deviation, double Low, double High, double Min, double Max)
{
    const double Upper = 0.975;

    /// <param name="values">At least one.</param>
    public static Statistics Of(ImmutableArray<double> values)
    {
        var mean = values.Average();
        var freedom = values.Length - 1;
        var deviation = freedom == 0 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / freedom);
        var half = freedom == 0 ? double.NaN : StudentT.InvCDF(0, 1, freedom, Upper) * deviation / Math.Sqrt(values.Length);
        return new(values.Length, mean, deviation, mean - half, mean + half, values.Min(), values.Max());
    }
}
