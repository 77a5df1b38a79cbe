using System.Globalization;
using Trainer;

var options = new Dictionary<string, string>();
for (var i = 1; i + 1 < args.Length; i += 2)
    options[args[i]] = args[i + 1];

switch (args.FirstOrDefault())
{
    case "train":
        Training.Run(
            train: Option("--train"),
            heldOut: Option("--held-out"),
            rate: double.Parse(Option("--rate"), CultureInfo.InvariantCulture),
            seed: int.Parse(Option("--seed"), CultureInfo.InvariantCulture),
            folder: Option("--out"));
        return 0;

    case "predict":
        Prediction.Run(model: Option("--model"), digits: Option("--digits"), folder: Option("--out"));
        return 0;

    default:
        Console.Error.WriteLine("""
            usage: Trainer train --train <csv> --held-out <csv> --rate <number> --seed <number> --out <folder>
                   Trainer predict --model <zip> --digits <csv> --out <folder>
            """);
        return 2;
}

string Option(string name) =>
    options.TryGetValue(name, out var value) ? value : throw new ArgumentException($"{name} is missing");
