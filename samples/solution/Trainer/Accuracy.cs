using System.Globalization;

namespace Trainer;

/// <summary>A number in a file of its own: what a promise of type Number, and a matcher's metric, read.</summary>
static class Accuracy
{
    public static void Write(double accuracy, string folder)
    {
        var text = accuracy.ToString("F4", CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(folder, "accuracy.txt"), text + "\n");
        Console.WriteLine($"accuracy {text}");
    }
}
