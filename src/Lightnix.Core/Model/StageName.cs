using System.Diagnostics.CodeAnalysis;

namespace Lightnix.Model;

/// <summary>A stage's name: a letter, then letters, digits, <c>_</c> and <c>-</c>, at most 100 characters; equal without regard to case. Of
/// another project's stage, with that project's name before it.</summary>
public sealed record StageName : IComparable<StageName>
{
    public const int MaxLength = 100;

    /// <summary>Words that placeholders and the working folder use themselves.</summary>
    public static ImmutableArray<string> Reserved { get; } =
        ["out", "seed", "replicate", "cores", "params", "in", WorkingFolder.Checkpoint];

    // Stages of former versions may have this name, in records.
    static bool WasNeverLegal(string text) =>
        !text.Equals(WorkingFolder.Checkpoint, StringComparison.OrdinalIgnoreCase)
            && Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);

    readonly string _text;

    StageName(string text, string? project = null) => (_text, Project) = (text, project);

    /// <summary>Of another project's stage, the name under which that project is referenced; null: a stage of this project.</summary>
    public string? Project { get; }

    /// <summary>The folder below <c>in/</c>: the name, or <c>project.name</c>. No stage has a point in its name.</summary>
    public string Folder => Project is null ? _text : $"{Project}.{_text}";

    /// <exception cref="FormatException">The text is no stage name.</exception>
    public static StageName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a stage name");

    public static bool TryParse(string? text, [NotNullWhen(true)] out StageName? name)
    {
        name = text is { Length: > 0 and <= MaxLength }
            && char.IsAsciiLetter(text[0])
            && text.All(IsLegal)
            && !WasNeverLegal(text)
            ? new(text)
            : null;
        return name is not null;
    }

    /// <summary>Reads what <see cref="ToString"/> writes, also of a stage of another project.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static StageName ParseOfAny(string text) => text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
        ? Parse(text[(colon + 1)..]).Of(text[..colon])
        : Parse(text);

    public static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    /// <summary>The same stage, seen from its own project.</summary>
    public StageName Own => Project is null ? this : new(_text);

    /// <summary>The same stage, seen from a project that references its own.</summary>
    public StageName Of(string project) => new(_text, project);

    public bool Equals(StageName? other) =>
        string.Equals(_text, other?._text, StringComparison.OrdinalIgnoreCase)
            && string.Equals(Project, other?.Project, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text);

    public int CompareTo(StageName? other) => StringComparer.OrdinalIgnoreCase.Compare(Project, other?.Project) is not 0 and var projects
        ? projects
        : StringComparer.OrdinalIgnoreCase.Compare(_text, other?._text);

    /// <summary>As a placeholder names it: <c>name</c>, or <c>project:name</c>.</summary>
    public override string ToString() => Project is null ? _text : $"{Project}:{_text}";
}
