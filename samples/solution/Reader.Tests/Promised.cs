using System.Globalization;
using Digits;

namespace Reader.Tests;

/// <summary>What the data project promised, as it lies beside these tests.</summary>
static class Promised
{
    public static string Model => Beside("model.zip");

    public static IReadOnlyList<Digit> UnseenDigits { get; } = [.. Digit.ReadFile(Beside("test.csv"))];

    public static double Accuracy => double.Parse(File.ReadAllText(Beside("accuracy.txt")), CultureInfo.InvariantCulture);

    static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
