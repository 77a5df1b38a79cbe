// Writes report.md and confusion.svg about a model, from its answers to digits that nobody chose it by.
//
//     dotnet run report.cs -- predictions.csv accuracy.txt <folder>
//
#:property InvariantGlobalization=true
#:property PublishAot=false

using System.Text;

if (args is not [var predictions, var heldOutAccuracy, var folder])
{
    Console.Error.WriteLine("usage: report.cs <predictions.csv> <accuracy.txt> <folder>");
    return 2;
}

var matrix = new int[10, 10];
foreach (var row in File.ReadLines(predictions).Skip(1).Select(line => line.Split(',')))
    matrix[int.Parse(row[0]), int.Parse(row[1])]++;

var digits = Enumerable.Range(0, 10).ToList();
var cells = digits.SelectMany(digit => digits.Select(answer => (Digit: digit, Answer: answer, Count: matrix[digit, answer]))).ToList();
var total = cells.Sum(cell => cell.Count);
var right = digits.Sum(digit => matrix[digit, digit]);
var accuracy = (double)right / total;

Directory.CreateDirectory(folder);
File.WriteAllText(Path.Combine(folder, "report.md"), Markdown());
File.WriteAllText(Path.Combine(folder, "confusion.svg"), Svg());
File.WriteAllText(Path.Combine(folder, "accuracy.txt"), $"{accuracy:F4}\n");
Console.WriteLine($"{right} of {total} test digits are right");
return 0;

string Markdown()
{
    var mistakes = cells.Where(cell => cell.Digit != cell.Answer && cell.Count > 0).OrderByDescending(cell => cell.Count).Take(5);
    var text = new StringBuilder($"""
        # Handwritten digits

        | Accuracy | on |
        |---|---|
        | {File.ReadAllText(heldOutAccuracy).Trim()} | held-out digits, by which this model was chosen from several |
        | **{accuracy:F4}** | {total} test digits, which neither training nor the choice has seen |

        ![Confusion matrix](confusion.svg)

        The most frequent mistakes:

        | Digit | taken for | times |
        |---|---|---|

        """);
    foreach (var (digit, answer, count) in mistakes)
        text.Append($"| {digit} | {answer} | {count} |\n");
    return text.Append($"\n{total - right} of {total} are wrong.\n").ToString();
}

string Svg()
{
    const int Size = 44, Margin = 64;
    const int Side = Margin + 10 * Size + 16;
    var most = cells.Max(cell => cell.Count);
    const string Font = "font-family=\"sans-serif\" font-size=\"15\" text-anchor=\"middle\"";
    var text = new StringBuilder($"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{Side}" height="{Side}" viewBox="0 0 {Side} {Side}" {Font}>
        <rect width="{Side}" height="{Side}" fill="white"/>
        <text x="{Margin + 5 * Size}" y="22">the model's answer</text>
        <text transform="translate(22 {Margin + 5 * Size}) rotate(-90)">the digit</text>

        """);
    foreach (var digit in digits)
    {
        text.Append($"<text x=\"{Margin + digit * Size + Size / 2}\" y=\"{Margin - 12}\" fill=\"#555\">{digit}</text>\n");
        text.Append($"<text x=\"{Margin - 14}\" y=\"{Margin + digit * Size + Size / 2 + 5}\" fill=\"#555\">{digit}</text>\n");
    }

    foreach (var (digit, answer, count) in cells)
    {
        var (x, y) = (Margin + answer * Size, Margin + digit * Size);
        var fill = Colour(digit == answer, count, most);
        text.Append($"<rect x=\"{x}\" y=\"{y}\" width=\"{Size - 2}\" height=\"{Size - 2}\" rx=\"3\" fill=\"{fill}\"/>\n");
        var ink = digit == answer && count > most / 2 ? "white" : "#222";
        if (count > 0)
            text.Append($"<text x=\"{x + Size / 2 - 1}\" y=\"{y + Size / 2 + 4}\" fill=\"{ink}\">{count}</text>\n");
    }

    return text.Append("</svg>\n").ToString();
}

// Right answers from white to green; a mistake is seen at once, however rare.
static string Colour(bool isRight, int count, int most)
{
    if (count == 0)
        return "#f4f4f4";
    var (red, green, blue, share) = isRight
        ? (0x1b, 0x7a, 0x3d, (double)count / most)
        : (0xd6, 0x45, 0x2b, Math.Min(1, 0.25 + count / 8.0));
    return $"#{Mix(red):x2}{Mix(green):x2}{Mix(blue):x2}";

    int Mix(int colour) => (int)Math.Round(255 + (colour - 255) * share);
}
