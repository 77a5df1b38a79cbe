using System.Text.RegularExpressions;

namespace Lightnix.House;

/// <summary>The texts in docs/ name tests and types: what they name is there.</summary>
public sealed partial class Documents
{
    [GeneratedRegex(@"`(?<type>[A-Z]\w*[a-z]\w*)(\.(?<member>\w+))?`")]
    private static partial Regex CodeName { get; }

    /// <summary>Every row of "Faults and their kinds" has a test; and each test that any row names is there.</summary>
    [Fact]
    public void Reliability_names_tests_that_are_there()
    {
        var tests = Repository.Read().Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal) && f.Name.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => f.TopLevelTypes().Select(t => (Type: t, File: f))).ToLookup(t => t.Type, t => t.File, StringComparer.Ordinal);
        var (missing, rows) = (new List<string>(), 0);
        var column = -1;
        foreach (var line in Repository.Text("docs/reliability.md").Split('\n'))
        {
            var cells = line.Split('|');
            if (cells.Length < 4)
                column = -1;
            else if (column < 0)
                column = Array.FindIndex(cells, c => c.Contains("est", StringComparison.Ordinal) && c.Trim() is "Test" or "Trial or test");
            else if (!line.StartsWith("|---", StringComparison.Ordinal))
            {
                Assert.InRange(column, 0, cells.Length - 1);
                rows++;
                var names = CodeName.Matches(cells[column]);
                if (names.Count == 0 && column == cells.Length - 2)
                    missing.Add($"no test: {line}");
                missing.AddRange(names.Where(n => !IsThere(n)).Select(n => $"{n.Value}: {line}"));
            }
        }

        Assert.Empty(missing);
        Assert.InRange(rows, 80, 1000);

        bool IsThere(Match name) => tests[name.Groups["type"].Value].Any(f => !name.Groups["member"].Success || f.Tokens.Any(t => t.Text == name.Groups["member"].Value))
            || NotTests.Contains(name.Value.Trim('`'), StringComparer.Ordinal);
    }

    // Targets and values in the column of tests.
    static readonly string[] NotTests = ["Clean", "Rebuild", "LightnixRun", "Required"];
}
