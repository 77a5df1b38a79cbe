namespace Lightnix.Model;

/// <summary>A mistake or a warning, for people; made by the methods of the catalogue only.</summary>
/// <param name="Code">As <c>LNX1001</c>; fixed by DESIGN 7.</param>
/// <param name="Message">Quotes the bad value and says what would be right.</param>
/// <param name="Item">What it is about: its line is where the diagnostic is shown. Null: the project.</param>
/// <param name="Metadata">The metadatum of the item that it is about, where it is about one.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, DeclaredItem? Item = null, string? Metadata = null)
{
    /// <summary>Where it is shown, in place of the item: in a file that is not the project.</summary>
    public TextPlace? Place { get; init; }

    public override string ToString() => $"{(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}";
}

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>The build fails.</summary>
    Error,

    /// <summary>The build goes on.</summary>
    Warning,
}
