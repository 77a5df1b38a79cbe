// Reads handwritten digits with the model that the data project chose.
//
//     Reader                    serves: GET /model, POST /digit with the 64 pixels as a JSON array
//     Reader read <file.csv>    shows each digit of the file, and what the model takes it for
//
using System.Globalization;
using Digits;

using var classifier = Classifier.Load(Path.Combine(AppContext.BaseDirectory, "model.zip"));

if (args is ["read", var file])
{
    try
    {
        foreach (var digit in Digit.ReadFile(file))
        {
            var answer = classifier.Read(digit);
            Console.Write(digit.Picture());
            var written = digit.Value is { } value ? $"; it was written as a {value}" : "";
            Console.WriteLine($"This is a {answer.Digit} ({answer.Certainty:P0} sure){written}.");
        }
        return 0;
    }
    catch (Exception mistake) when (mistake is IOException or FormatException)
    {
        Console.Error.WriteLine(mistake.Message);
        return 1;
    }
}

// How well it reads digits that it had never seen, measured when it was built.
var accuracy = double.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "accuracy.txt")), CultureInfo.InvariantCulture);

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/model", () => new { accuracy });
app.MapPost("/digit", IResult (int[] pixels) =>
{
    try
    {
        return Results.Ok(classifier.Read(new Digit(Digit.CheckPixels(pixels), null)));
    }
    catch (FormatException mistake)
    {
        return Results.BadRequest(mistake.Message);
    }
});
app.Run();
return 0;
