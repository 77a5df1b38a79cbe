using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lightnix.House;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Below the repository, with slashes.</param>
sealed record CodeFile(string Path, string Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    public bool IsCSharp => Name.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Names, keywords and punctuation, without comments and the insides of texts.</summary>
    public ImmutableArray<Token> Tokens => field.IsDefault ? field = Scan() : field;

    public ImmutableArray<string> Lines => field.IsDefault ? field = [.. Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')] : field;

    /// <summary>The row of the table that holds for the file; null for tests, samples and build files.</summary>
    public Room? Room => Table.Rooms.FirstOrDefault(r => Path.StartsWith(r.Folder, StringComparison.Ordinal));

    /// <summary>The parsed file; empty where it is not C#.</summary>
    public CompilationUnitSyntax Syntax =>
        field ??= CSharpSyntaxTree.ParseText(IsCSharp ? Text : "", new(LanguageVersion.Preview)).GetCompilationUnitRoot();

    /// <summary>Names of the types that are declared outside of other types.</summary>
    public IEnumerable<string> TopLevelTypes() => Syntax.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Select(n => (n as BaseTypeDeclarationSyntax)?.Identifier.Text ?? (n as DelegateDeclarationSyntax)?.Identifier.Text)
            .OfType<string>();

    public string? Namespace() => Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    ImmutableArray<Token> Scan() =>
    [
        .. from token in Syntax.DescendantTokens()
           where token.Text.Length > 0 && !IsText(token.Kind())
           select new Token(token.Text, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1),
    ];

    static bool IsText(SyntaxKind kind) => kind is SyntaxKind.InterpolatedStringTextToken or SyntaxKind.CharacterLiteralToken
        or SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken
        or SyntaxKind.Utf8MultiLineRawStringLiteralToken;
}
