using System.Globalization;
using Digits;
using Trainer;

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

switch (args.FirstOrDefault())
{
    case "train":
        Training.Run(
            train: Option("--train"),
            heldOut: Option("--held-out"),
            seed: int.Parse(Option("--seed"), CultureInfo.InvariantCulture),
            folder: Option("--out"));
        return 0;

    case "measure":
        using (var classifier = Classifier.Load(Option("--model")))
            Accuracy.Write(classifier.Accuracy([.. Digit.ReadFile(Option("--digits"))]), Option("--out"));
        return 0;

    default:
        Console.Error.WriteLine("""
            usage: Trainer train --train <csv> --held-out <csv> --seed <number> --out <folder>
                   Trainer measure --model <zip> --digits <csv> --out <folder>
            """);
        return 2;
}

string Option(string name) =>
    options.TryGetValue(name, out var value) ? value : throw new ArgumentException($"{name} is missing");
