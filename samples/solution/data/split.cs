// Checks the digits and splits them into three files: train.csv, held-out.csv and test.csv.
//
//     dotnet run split.cs -- data/digits.csv.gz <folder> 0.2
//
#:property InvariantGlobalization=true
#:property PublishAot=false

using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

const int Pixels = 64;

if (args is not [var source, var folder, var shareText]
    || !double.TryParse(shareText, CultureInfo.InvariantCulture, out var share) || share is <= 0 or >= 0.5)
{
    Console.Error.WriteLine("usage: split.cs <digits.csv.gz> <folder> <share of each held-out part, below 0.5>");
    return 2;
}

var lines = ReadLines(source);
var mistakes = lines.Select((line, index) => (Number: index + 1, Mistake: MistakeIn(line)))
    .Where(line => line.Mistake is not null).ToList();
foreach (var (number, mistake) in mistakes)
    Console.Error.WriteLine($"{Path.GetFileName(source)}({number}): {mistake}");
if (mistakes.Count > 0)
    return 1;

Directory.CreateDirectory(folder);
Write("held-out.csv", lines.Where(line => Place(line) < share));
Write("test.csv", lines.Where(line => Place(line) >= share && Place(line) < 2 * share));
Write("train.csv", lines.Where(line => Place(line) >= 2 * share));
return 0;

static List<string> ReadLines(string path)
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.ASCII);
    return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
}

static string? MistakeIn(string line)
{
    var values = line.Split(',');
    return values.Length != Pixels + 1 ? $"{values.Length} values instead of {Pixels + 1}"
        : Array.FindIndex(values, 0, Pixels, value => !IsBetween(value, 0, 16)) is >= 0 and var bad
            ? $"pixel {bad} is '{values[bad]}', not a number from 0 to 16"
        : !IsBetween(values[Pixels], 0, 9) ? $"the digit is '{values[Pixels]}'"
        : null;
}

static bool IsBetween(string text, int low, int high) =>
    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high;

// A line's own bytes decide where it goes, as a number from 0 to 1: no seed, and a new line moves no other one.
static double Place(string line)
{
    var hash = SHA256.HashData(Encoding.ASCII.GetBytes(line));
    return (hash[0] << 16 | hash[1] << 8 | hash[2]) / (double)(1 << 24);
}

void Write(string name, IEnumerable<string> part)
{
    var rows = part.ToList();
    var header = string.Join(',', Enumerable.Range(0, Pixels).Select(pixel => $"p{pixel}").Append("digit"));
    File.WriteAllText(Path.Combine(folder, name), string.Concat(rows.Prepend(header).Select(row => row + "\n")));
    Console.WriteLine($"{name}: {rows.Count} digits");
}
