using System.Collections.Immutable;

namespace Lightnix.House;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Below the repository, with slashes.</param>
sealed record CodeFile(string Path, string Text)
{
    static readonly ImmutableSortedSet<string> Kinds = ImmutableSortedSet.Create(StringComparer.Ordinal, "class", "record", "struct", "interface", "enum", "delegate");

    public ImmutableArray<Token> Tokens => field.IsDefault ? field = CSharpTokens.Of(Text) : field;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public ImmutableArray<string> Lines => [.. Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    /// <summary>The row of the table that holds for it; null for tests, samples and build files.</summary>
    public Room? Room => Table.Rooms.FirstOrDefault(r => Path.StartsWith(r.Folder, StringComparison.Ordinal));

    /// <summary>Types that are declared outside of other types.</summary>
    public IEnumerable<string> TopLevelTypes()
    {
        var depth = 0;
        for (var i = 0; i < Tokens.Length; i++)
        {
            depth += Tokens[i].Text is "{" or "(" ? 1 : Tokens[i].Text is "}" or ")" ? -1 : 0;
            if (depth == 0 && Kinds.Contains(Tokens[i].Text) && Declared(i + 1) is { } name)
                yield return name;
        }
    }

    public string? Namespace()
    {
        var start = Tokens.Select(t => t.Text).ToList().IndexOf("namespace");
        return start < 0 ? null : string.Concat(Tokens.Skip(start + 1).TakeWhile(t => t.Text is not (";" or "{")).Select(t => t.Text));
    }

    // Of "delegate Task<int> Make(string name)" the name is what stands before the parenthesis; "where T : class" declares nothing.
    string? Declared(int i)
    {
        if (Ban.At(Tokens, i - 2) is ":" or ",")
            return null;
        if (Ban.At(Tokens, i - 1) == "delegate")
            return Tokens.Skip(i).TakeWhile(t => t.Text != "(").LastOrDefault(t => t.IsName)?.Text;
        while (Ban.At(Tokens, i) is "class" or "struct")
            i++;
        return i < Tokens.Length && Tokens[i].IsName ? Tokens[i].Text : null;
    }
}
