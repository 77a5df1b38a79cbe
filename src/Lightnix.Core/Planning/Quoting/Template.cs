namespace Lightnix.Planning;

/// <summary>A text with placeholders, parsed: a command, or one word of the arguments.</summary>
public sealed record Template(ImmutableArray<TemplatePart> Parts);

/// <summary>A piece of a <see cref="Template"/>.</summary>
public abstract record TemplatePart
{
    TemplatePart() { }

    /// <summary>Text that stays; <c>@@{</c> has become <c>@{</c>.</summary>
    public sealed record Literal(string Text) : TemplatePart;

    public sealed record Out : TemplatePart;
    public sealed record Seed : TemplatePart;
    public sealed record Replicate : TemplatePart;
    public sealed record Cores : TemplatePart;
    public sealed record Checkpoint : TemplatePart;
    public sealed record Parameter(string Name) : TemplatePart;

    /// <summary><c>@{stage}</c>, <c>@{stage/path}</c>, <c>@{train[rate=0.1]/path}</c>, already bound to the stages that it means.</summary>
    /// <param name="At">Folders below <c>in/</c>, one for each stage (several: cells of a matrix, by name).</param>
    /// <param name="Path">Of the promised file or folder; the root: the input's folder.</param>
    public sealed record Input(ImmutableArray<string> At, RelativePath Path) : TemplatePart
    {
        /// <summary>True when it may mean several folders: cells of a matrix, or a stage whose matcher may choose several.</summary>
        public bool IsPlural { get; init; }

        /// <summary>What stands between the braces, for messages.</summary>
        public string Written { get; init; } = "";
    }
}
