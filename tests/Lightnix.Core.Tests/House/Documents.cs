using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lightnix.House;

/// <summary>The texts in docs/ name tests and types: what they name is there.</summary>
public sealed partial class Documents
{
    [GeneratedRegex(@"`(?<type>[A-Z]\w*[a-z]\w*)(\.(?<member>\w+))?`")]
    private static partial Regex CodeName { get; }

    [GeneratedRegex(@"^\| Room \| May use (?:.*\n)+?(?=\n)", RegexOptions.Multiline)]
    private static partial Regex TableOfRooms { get; }

    [GeneratedRegex(@"`(?<type>[A-Z]\w*)` \((?<room>[A-Z]\w*)\)")]
    private static partial Regex TypeInRoom { get; }

    [GeneratedRegex(@"`(?<folder>[A-Z]\w+/[A-Z]\w+)`")]
    private static partial Regex SubFolder { get; }

    [GeneratedRegex(@"\bLNX\d{4}\b")]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"^## (?<code>LNX\d{4})$", RegexOptions.Multiline)]
    private static partial Regex SectionOfCode { get; }

    /// <summary>Every row of "Faults and their kinds" has a test; and each test that any row names is there.</summary>
    [Fact]
    public void Reliability_names_tests_that_are_there()
    {
        var tests = Repository.Read()
            .Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal) && f.Name.EndsWith(".cs", StringComparison.Ordinal))
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

        bool IsThere(Match name) => tests[name.Groups["type"].Value]
            .Any(f => !name.Groups["member"].Success || f.Tokens.Any(t => t.Text == name.Groups["member"].Value))
            || NotTests.Contains(name.Value.Trim('`'), StringComparer.Ordinal);
    }

    [Fact]
    public void Design_has_the_table_of_the_rooms()
    {
        var design = Repository.Text("docs/design.md").ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("LIGHTNIX_APPROVE") == "1")
            File.WriteAllText(RepositoryRoot.File("docs/design.md"), design = TableOfRooms.Replace(design, RoomTable.Text()));

        Assert.True(design.Contains(RoomTable.Text(), StringComparison.Ordinal),
            $"docs/design.md has another table; LIGHTNIX_APPROVE=1 puts this one in:\n{RoomTable.Text()}");
    }

    /// <summary>Each name in backquotes that looks like a type is one, in the sources or the tests, with its member.</summary>
    [Fact]
    public void Design_names_types_that_are_there()
    {
        var types = Repository.Read().Where(f => f.IsCSharp).SelectMany(f => f.Syntax.DescendantNodes().Select(n =>
            (Name: (n as BaseTypeDeclarationSyntax)?.Identifier.Text ?? (n as DelegateDeclarationSyntax)?.Identifier.Text, File: f)))
            .Where(t => t.Name is not null).ToLookup(t => t.Name!, t => t.File, StringComparer.Ordinal);
        var folders = Repository.Read().SelectMany(f => f.Folder.Split('/').SelectMany(part => part.Split('.')))
            .ToHashSet(StringComparer.Ordinal);
        var names = CodeName.Matches(Repository.Text("docs/design.md"))
            .Where(n => !NotTypes.Contains(n.Value.Trim('`'), StringComparer.Ordinal));

        var missing = names.Where(n => !folders.Contains(n.Groups["type"].Value) && !types[n.Groups["type"].Value]
            .Any(f => !n.Groups["member"].Success || f.Tokens.Any(t => t.Text == n.Groups["member"].Value))).Select(n => n.Value);

        Assert.InRange(missing.Distinct().Count(), 0, Backlog.Numbers.GetValueOrDefault(nameof(Design_names_types_that_are_there)));
    }

    [Fact]
    public void Design_names_the_room_of_a_type()
    {
        var places = Repository.Read().Where(f => f.Room is not null)
            .SelectMany(f => f.TopLevelTypes().Select(type => $"`{type}` ({f.Room!.Name.Split('.')[^1]})"))
            .ToHashSet(StringComparer.Ordinal);
        var named = TypeInRoom.Matches(Repository.Text("docs/design.md")).Select(m => m.Value).ToArray();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !places.Contains(name));
    }

    [Fact]
    public void Design_names_folders_that_are_there() => Assert.All(
        SubFolder.Matches(Repository.Text("docs/design.md")).Select(m => m.Groups["folder"].Value),
        folder => Assert.Contains(Repository.Read(), f => f.Folder == Table.Core + folder));

    [Fact]
    public void Diagnostics_have_a_section_for_each_code_and_no_other()
    {
        var codes = Repository.Read()
            .Where(f => f.Path.StartsWith("sdk/", StringComparison.Ordinal)
                || (f.IsCSharp && f.Path.StartsWith("src/", StringComparison.Ordinal)))
            .SelectMany(f => Code.Matches(f.Text)).Select(m => m.Value);
        var sections = SectionOfCode.Matches(Repository.Text("docs/diagnostics.md").ReplaceLineEndings("\n"))
            .Select(m => m.Groups["code"].Value);

        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("docs/design.md", 2500)]
    public void Texts_that_are_read_whole_are_short(string path, int words) =>
        Assert.InRange(Words(Repository.Text(path)), 1, words);

    [Fact]
    public void Decisions_are_short()
    {
        var tooLong = Repository.Read().Where(f => f.Folder == "docs/decisions").SelectMany(f => f.Text.Split("\n## ").Skip(1))
            .Select(d => (Title: d.Split('\n')[0], Words: Words(d[d.IndexOf('\n', StringComparison.Ordinal)..]))).Where(d => d.Words > 80);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Decisions_are_all_in_their_index()
    {
        var index = Repository.Text("docs/decisions/README.md");

        Assert.All(Repository.Read().Where(f => f.Folder == "docs/decisions" && f.Name != "README.md"), file =>
            Assert.All(file.Text.Split("\n## ").Skip(1).Select(d => d.Split('\n')[0]),
                title => Assert.Contains(title, index, StringComparison.Ordinal)));
    }

    static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    // What stands in backquotes and is no type: words of the language that users write, and names of others.
    static readonly string[] NotTypes = [];

    // Targets and values in the column of tests.
    static readonly string[] NotTests = ["Clean", "Rebuild", "LightnixRun", "Required"];
}
