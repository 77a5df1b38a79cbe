using Digits;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Trainer;

/// <summary>Ten logistic regressions, one for each digit, by stochastic gradient descent.</summary>
static class Training
{
    public static void Run(string train, string heldOut, int seed, string folder)
    {
        // The order in which the digits are met is random. All that is random comes from this seed,
        // and on one thread nothing else decides: the same seed gives the same bytes.
        var ml = new MLContext(seed);
        var sgd = ml.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options
        {
            LearningRate = 0.1,
            NumberOfIterations = 20,
            NumberOfThreads = 1,
        });

        var examples = ml.Data.LoadFromEnumerable(Digit.ReadFile(train).Select(Example.Of).ToList());
        var model = ml.Transforms.Conversion
            .MapValueToKey("Label", nameof(Example.Value), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.OneVersusAll(sgd))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"))
            .Fit(examples);

        var file = Path.Combine(folder, "model.zip");
        ModelFile.Save(ml, model, examples.Schema, file);

        // What is measured is what was saved.
        using var classifier = Classifier.Load(file);
        Accuracy.Write(classifier.Accuracy([.. Digit.ReadFile(heldOut)]), folder);
    }
}
