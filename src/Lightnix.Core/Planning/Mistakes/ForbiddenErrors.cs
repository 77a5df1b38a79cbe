using static Lightnix.Planning.Wording;

namespace Lightnix.Planning;

/// <summary>LNX1017 about paths that builds write: a stage that reads one must depend on the stage that writes it.</summary>
static class ForbiddenErrors
{
    public static Diagnostic Source(DeclaredItem item, Forbidden written) =>
        Error(item, null, $"source '{item.Include}' {written.Why}, and cannot be a source; {Cure(written)}");

    public static Diagnostic Script(DeclaredItem item, string script, Forbidden written) =>
        Error(item, Names.Script, $"stage '{item.Include}': the script '{script}' {written.Why}, and cannot be a source; move it");

    public static Diagnostic Import(DeclaredItem item, string path, Forbidden written) =>
        Error(item, Names.Path, $"stage '{item.Include}': '{path}' {written.Why}, and cannot be imported; {Cure(written)}");

    /// <param name="link">In the imported folder, absolute; null: the path itself.</param>
    public static Diagnostic ImportedLink(DeclaredItem item, string path, string? link, Forbidden written) => link is null
        ? Import(item, path, written)
        : Error(item, Names.Path,
            $"stage '{item.Include}': '{path}' holds the link '{Visible.Short(link)}', which {written.Why}, and cannot be imported; "
            + $"{Cure(written)}");

    /// <summary>Of a URL, a program or an interpreter.</summary>
    public static Diagnostic Value(DeclaredItem item, string metadata, string value, Forbidden written) =>
        Error(item, metadata,
            $"stage '{item.Include}': '{Shorten(value)}' in {metadata} {written.Why}, and cannot be taken from there; {Cure(written)}");

    static string Cure(Forbidden written) => written.Placeholder is { } placeholder
        ? $"write '{placeholder}' in the Command or Arguments of the stage that reads it"
        : "name what a stage makes in a placeholder, as @{model/model.txt}, and move what is your own";

    static Diagnostic Error(DeclaredItem item, string? metadata, string message) =>
        DeclarationErrors.Error("LNX1017", item, metadata, message);
}
