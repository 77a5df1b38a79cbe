// Puts the accuracies of several learning rates into one table, rates.csv.
//
//     dotnet run rates.cs -- <folder> <score.csv of each rate>...
//
#:property InvariantGlobalization=true
#:property PublishAot=false

using System.Globalization;

if (args is not [var folder, _, ..])
{
    Console.Error.WriteLine("usage: rates.cs <folder> <score.csv>...");
    return 2;
}

var rows = args.Skip(1)
    .SelectMany(score => File.ReadLines(score).Skip(1))
    .OrderBy(row => double.Parse(row.Split(',')[0], CultureInfo.InvariantCulture))
    .ToList();

Directory.CreateDirectory(folder);
File.WriteAllText(Path.Combine(folder, "rates.csv"), string.Concat(rows.Prepend("rate,accuracy").Select(row => row + "\n")));
rows.ForEach(Console.WriteLine);
return 0;
