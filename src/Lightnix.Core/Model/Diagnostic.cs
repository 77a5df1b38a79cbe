namespace Lightnix.Model;

/// <summary>A mistake or a warning, for people. Only the methods of the catalogues make one.</summary>
/// <param name="Code">As <c>LNX1001</c>; a code never changes its meaning.</param>
/// <param name="Message">What is wrong with the quoted value, where, and what to write instead.</param>
/// <param name="Item">The item that it is about; it is reported at the line of this item. Null: the project.</param>
/// <param name="Metadata">The metadatum of the item that it is about; or null.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, DeclaredItem? Item = null, string? Metadata = null)
{
    /// <summary>Where it is reported in place of the item: in a file that is not the project.</summary>
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
