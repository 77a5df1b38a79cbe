namespace Lightnix.House;

/// <summary>An identifier, keyword, number or punctuation of C#, and its line.</summary>
sealed record Token(string Text, int Line)
{
    public bool IsName => char.IsLetter(Text[0]) || Text[0] == '_';
}
