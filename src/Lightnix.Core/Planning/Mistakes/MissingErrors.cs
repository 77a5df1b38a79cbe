namespace Lightnix.Planning;

/// <summary>The part of the catalogue of LNX1015 about sources, scripts and imports: what stands in place of a file, if anything.</summary>
static class MissingErrors
{
    const string Ordinary = "it must be an ordinary file, or a link to one";

    /// <param name="found">What is there instead.</param>
    /// <param name="wildcard">What found it; null: the author named it.</param>
    public static Diagnostic Source(DeclaredItem item, string file, PathFinding? found, string? wildcard) =>
        Error(item, null, (found switch
        {
            { IsFolder: true } =>
                $"source '{item.Include}': '{file}' {found.Why}; a folder is written as '{item.Include.TrimEnd('/', '\\')}/**'",
            not null => $"source '{Visible.Text(item.Include)}': '{Visible.Text(file)}' {found.Why}; {Ordinary}",
            null when item.Include.AsSpan().ContainsAny('*', '?') =>
                $"source '{item.Include}': MSBuild did not replace this wildcard by files, because it is escaped or comes from a property "
                    + "function; write the wildcard itself in Include, as '$(Folder)/*.txt'",
            null => $"there is no file '{file}' for the source '{item.Include}'; a folder is written as "
                + $"'{item.Include.TrimEnd('/', '\\')}/**'",
        })
        + (wildcard is null ? "" : $". The wildcard '{wildcard}' found it; leave it out with Exclude=\"{Exclude(item.Include, found)}\""));

    // A wildcard matches the backslash that a written name cannot have.
    static string Exclude(string include, PathFinding? found) => found?.Misread is { } name
        ? include.Replace(name.Replace('\\', '/'), name.Replace('\\', '*'), StringComparison.Ordinal)
        : include;

    public static Diagnostic Script(DeclaredItem item, string script, string file, PathFinding? found) =>
        Error(item, Names.Script, found is null
            ? $"stage '{item.Include}': the script '{script}' is not there; '{file}' was looked for"
            : $"stage '{item.Include}': the script '{Visible.Text(script)}' cannot be read: '{Visible.Text(file)}' {found.Why}; "
                + Ordinary);

    public static Diagnostic Path(DeclaredItem item, string path, string file, PathFinding? found) =>
        Error(item, Names.Path, found switch
        {
            null when path.AsSpan().ContainsAny('*', '?') =>
                $"stage '{item.Include}': '{path}' in Path is a wildcard, and Path is one file or one folder; name the folder, or read its "
                    + $"files in a stage with a Command, as <Source Include=\"{path}\" Stage=\"{item.Include}\" />",
            null => $"stage '{item.Include}': '{path}' is not there; the file or folder '{file}' was looked for",
            _ => $"stage '{item.Include}': '{Visible.Text(path)}' cannot be imported: '{Visible.Text(file)}' {found.Why}; it must be a "
                + "file or a folder",
        });

    static Diagnostic Error(DeclaredItem item, string? metadata, string message) =>
        DeclarationErrors.Error("LNX1015", item, metadata, message);
}
