namespace Lightnix.Model;

/// <summary>A part of a builder, as explanations show it.</summary>
/// <param name="Name">As differences name it: <c>Command</c>.</param>
/// <param name="Title">As lists of ingredients name it: <c>command</c>.</param>
/// <param name="Value">Null: it is not declared.</param>
/// <param name="Meaning">What the value is, in a few words.</param>
public sealed record BuilderField(string Name, string Title, string? Value, string Meaning)
{
    /// <summary>The words of a command line, which are listed one by one and compared together; null for other parts.</summary>
    public ImmutableArray<string>? Words { get; init; }

    internal static BuilderField Arguments(ImmutableArray<string> words) =>
        new("Arguments", "argument", string.Join(' ', words),
            "a word of its command line, its placeholders not yet replaced")
        { Words = words };
}
