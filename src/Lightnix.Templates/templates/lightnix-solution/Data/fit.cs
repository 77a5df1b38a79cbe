// Fits a line to the readings: starts with a random one, and keeps every small random change that makes it better.
// The fewer the steps, the more depends on the seed.

using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is not [var readings, var steps, var seed, var folder])
{
    Console.Error.WriteLine("usage: fit.cs <readings.csv> <steps> <seed> <folder>");
    return 2;
}

var points = File.ReadLines(readings).Skip(1).Select(line => line.Split(','))
    .Select(cells => (X: double.Parse(cells[0]), Y: double.Parse(cells[1]))).ToList();

// All that is random comes from the seed: the same replicate gives the same bytes.
var random = new Random(int.Parse(seed));
var (slope, offset) = (Between(0, 60), Between(-300, 300));
for (var step = 0; step < int.Parse(steps); step++)
{
    var (otherSlope, otherOffset) = (slope + Between(-3, 3), offset + Between(-30, 30));
    if (Error(otherSlope, otherOffset) < Error(slope, offset))
        (slope, offset) = (otherSlope, otherOffset);
}

File.WriteAllText(Path.Combine(folder, "line.json"), $$"""{ "slope": {{slope:F3}}, "offset": {{offset:F3}} }""" + "\n");
// One number in a file of its own: what the matcher compares, and a promise of type Number checks.
File.WriteAllText(Path.Combine(folder, "error.txt"), $"{Error(slope, offset):F3}\n");
Console.WriteLine($"y = {slope:F3} x + {offset:F3}, error {Error(slope, offset):F3}");
return 0;

double Between(double low, double high) => low + random.NextDouble() * (high - low);

// The root of the mean square.
double Error(double slope, double offset) => Math.Sqrt(points.Average(point => Math.Pow(slope * point.X + offset - point.Y, 2)));
