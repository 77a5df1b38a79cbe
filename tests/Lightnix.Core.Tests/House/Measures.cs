using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lightnix.House;

/// <summary>Rules of shape: how wide, how long, how many, and where. Each is a function from files to what violates it.</summary>
static partial class Measures
{
    public const int MaxColumns = 140, MaxLines = 300, MaxFiles = 25, MaxParameters = 6;

    /// <summary>Texts that are not in the repository, as older comments cited them.</summary>
    [GeneratedRegex(@"\b(SEAMS|FAULTS|MSBUILD|STYLE|EACH|ENVIRONMENTS|EXECUTORS|RULES|SHARING|TOOL|DESIGN)(\.md\b| (section )?\d)")]
    private static partial Regex Elsewhere { get; }

    /// <summary>Rows of Markdown tables are as long as they need to be.</summary>
    public static IEnumerable<Violation> LinesAreNarrow(ImmutableArray<CodeFile> files) =>
        from file in files
        let isMarkdown = file.Name.EndsWith(".md", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where line.Item.Length > MaxColumns && !(isMarkdown && line.Item.StartsWith('|'))
        select new Violation(file.Path, line.Index + 1, $"it has {line.Item.Length} columns: lines end at {MaxColumns}");

    public static IEnumerable<Violation> FilesAreShort(ImmutableArray<CodeFile> files) =>
        from file in files
        where file.IsCSharp && IsCode(file) && file.Lines.Length > MaxLines
        select new Violation(file.Path, MaxLines + 1, $"it has {file.Lines.Length} lines: above {MaxLines} there are two nouns in it");

    public static IEnumerable<Violation> FoldersAreSmall(ImmutableArray<CodeFile> files) =>
        from file in files
        where IsCode(file)
        group file by file.Folder into folder
        where folder.Count() > MaxFiles
        select new Violation(folder.Key, 1,
            $"it has {folder.Count()} files: above {MaxFiles} it is a drawer; sub-folders say what is in them");

    /// <summary>
    /// Records are left out: their parameters are their members, as many as a format has, and none of them is a dependency.
    /// </summary>
    public static IEnumerable<Violation> ConstructorsTakeFewThings(ImmutableArray<CodeFile> files) =>
        from file in files
        where file.IsCSharp && file.Path.StartsWith("src/", StringComparison.Ordinal)
        from node in file.Syntax.DescendantNodes()
        let taken = node switch
        {
            ConstructorDeclarationSyntax made => (Name: made.Identifier.Text, made.ParameterList),
            ClassDeclarationSyntax { ParameterList: { } list } type => (Name: type.Identifier.Text, ParameterList: list),
            StructDeclarationSyntax { ParameterList: { } list } type => (Name: type.Identifier.Text, ParameterList: list),
            _ => default,
        }
        where taken.ParameterList?.Parameters.Count > MaxParameters
        select new Violation(file.Path, CodeFile.LineOf(taken.ParameterList),
            $"{taken.Name} takes {taken.ParameterList.Parameters.Count} things: above {MaxParameters}, some of them want a name of their "
                + "own");

    /// <summary>In tests as in sources: one type a file, named as the file.</summary>
    public static IEnumerable<Violation> TestsHaveOneTypeAFile(ImmutableArray<CodeFile> files) =>
        from file in files
        where file.IsCSharp && file.Path.StartsWith("tests/", StringComparison.Ordinal)
        let types = file.TopLevelTypes().ToArray()
        where types.Length > 1 || (types.Length == 1 && types[0] != file.Name[..^3])
        select new Violation(file.Path, 1, $"it declares {string.Join(", ", types)}: one type a file, named as the file");

    public static IEnumerable<Violation> TextsCiteOnlyWhatShips(ImmutableArray<CodeFile> files) =>
        from file in files
        where !file.Path.StartsWith("tests/Lightnix.Core.Tests/House/", StringComparison.Ordinal)
        from line in file.Lines.Index()
        where Elsewhere.IsMatch(line.Item)
        select new Violation(file.Path, line.Index + 1, $"'{Elsewhere.Match(line.Item).Value}' is not in the repository");

    /// <summary>Code for one operating system stands beside that for the others.</summary>
    public static IEnumerable<Violation> SystemsAreAskedForInOnePlace(ImmutableArray<CodeFile> files) =>
        from file in files
        where file.Room is not null && file.IsCSharp && !file.Folder.EndsWith("/Systems", StringComparison.Ordinal)
        from token in file.Tokens
        where token.Text is "OperatingSystem" or "RuntimeInformation"
        select new Violation(file.Path, token.Line,
            $"{token.Text}: operating systems are asked for only in Storage/Systems and Building/Systems");

    static bool IsCode(CodeFile file) => file.Path.Split('/')[0] is "src" or "sdk" or "tests";
}
