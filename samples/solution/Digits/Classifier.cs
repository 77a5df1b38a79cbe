using Microsoft.ML;

namespace Digits;

/// <summary>A trained model, ready to answer. May be asked by several threads at once.</summary>
public sealed class Classifier : IDisposable
{
    readonly PredictionEngine<Example, Output> _engine;

    Classifier(PredictionEngine<Example, Output> engine) => _engine = engine;

    /// <param name="path">What <see cref="ModelFile.Save"/> wrote.</param>
    public static Classifier Load(string path)
    {
        var ml = new MLContext();
        return new(ml.Model.CreatePredictionEngine<Example, Output>(ml.Model.Load(path, out _)));
    }

    public Answer Read(Digit digit)
    {
        // An engine reuses its buffers, so it answers one at a time.
        lock (_engine)
        {
            var output = _engine.Predict(Example.Of(digit));
            return new((int)output.Answer, output.Score[output.Answer]);
        }
    }

    /// <summary>The share of digits that it reads right, from 0 to 1.</summary>
    public double Accuracy(IReadOnlyCollection<Digit> digits) =>
        (double)digits.Count(digit => Read(digit).Digit == digit.Value) / digits.Count;

    public void Dispose() => _engine.Dispose();

    // Scores come in the order of the digits.
    sealed class Output
    {
        public uint Answer { get; set; }

        public float[] Score { get; set; } = [];
    }
}
