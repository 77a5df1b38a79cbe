using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Trainer;

/// <summary>Ten logistic regressions, one for each digit, by stochastic gradient descent.</summary>
static class Training
{
    public static void Run(string train, string heldOut, double rate, int seed, string folder)
    {
        // The order in which the digits are met is random. All that is random comes from this seed,
        // and on one thread nothing else decides: the same seed gives the same bytes.
        var ml = new MLContext(seed);
        var sgd = ml.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options
        {
            LearningRate = rate,
            NumberOfIterations = 20,
            NumberOfThreads = 1,
        });

        var digits = Digit.Load(ml, train);
        var model = ml.Transforms.Conversion
            .MapValueToKey("Label", nameof(Digit.Value), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.OneVersusAll(sgd))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
            .Fit(digits);

        var accuracy = ml.MulticlassClassification.Evaluate(model.Transform(Digit.Load(ml, heldOut))).MicroAccuracy;

        Directory.CreateDirectory(folder);
        ModelFile.Save(ml, model, digits.Schema, Path.Combine(folder, "model.zip"));
        File.WriteAllText(Path.Combine(folder, "accuracy.txt"), accuracy.ToString("F4", CultureInfo.InvariantCulture) + "\n");
        File.WriteAllText(Path.Combine(folder, "score.csv"),
            string.Create(CultureInfo.InvariantCulture, $"rate,accuracy\n{rate},{accuracy:F4}\n"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rate {rate}, seed {seed}: {accuracy:F4} on held-out digits"));
    }
}
