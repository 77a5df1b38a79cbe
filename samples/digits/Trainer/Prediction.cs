using Microsoft.ML;
using Microsoft.ML.Data;

namespace Trainer;

/// <summary>What a model takes each digit for.</summary>
static class Prediction
{
    public static void Run(string model, string digits, string folder)
    {
        var ml = new MLContext();
        var answers = ml.Model.Load(model, out _).Transform(Digit.Load(ml, digits));
        var rows = Enumerable.Zip(answers.GetColumn<uint>(nameof(Digit.Value)), answers.GetColumn<uint>("Answer"))
            .Select(row => $"{row.First},{row.Second}\n");

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "predictions.csv"), string.Concat(rows.Prepend("digit,answer\n")));
    }
}
