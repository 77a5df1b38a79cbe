// Writes report.md about the line that was chosen.

using System.Globalization;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is not [var readings, var lineFile, var error, var folder])
{
    Console.Error.WriteLine("usage: report.cs <readings.csv> <line.json> <error.txt> <folder>");
    return 2;
}

using var line = JsonDocument.Parse(File.ReadAllText(lineFile));
var slope = line.RootElement.GetProperty("slope").GetDouble();
var offset = line.RootElement.GetProperty("offset").GetDouble();

var rows = File.ReadLines(readings).Skip(1)
    .Select(reading => reading.Split(','))
    .Select(cells => $"| {cells[0]} | {cells[1]} | {slope * double.Parse(cells[0]) + offset:F0} |\n");

File.WriteAllText(Path.Combine(folder, "report.md"), $"""
    # Sales by temperature

    sales = {slope:F1} × temperature {offset:+ 0.0;- 0.0}, off by {File.ReadAllText(error).Trim()}

    | Temperature | Sales | The line says |
    |---|---|---|
    {string.Concat(rows)}
    """);
return 0;
