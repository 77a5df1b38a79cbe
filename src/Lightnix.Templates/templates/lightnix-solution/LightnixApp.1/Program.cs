// Says what to expect at a temperature, by the line that the data project chose:
//
//     dotnet run --project LightnixApp.1 -- 21.5
//
using System.Globalization;
using System.Text.Json;

if (args is not [var text] || !double.TryParse(text, CultureInfo.InvariantCulture, out var temperature))
{
    Console.Error.WriteLine("usage: LightnixApp.1 <temperature>");
    return 2;
}

using var line = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "line.json")));
var sales = line.RootElement.GetProperty("slope").GetDouble() * temperature + line.RootElement.GetProperty("offset").GetDouble();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"At {temperature} degrees: {sales:F0} sales"));
return 0;
