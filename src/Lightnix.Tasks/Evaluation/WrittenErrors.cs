using static Lightnix.Planning.Wording;

namespace Lightnix.Tasks;

/// <summary>The part of the catalogue of LNX1xxx about text that MSBuild replaced before a task read it.</summary>
static class WrittenErrors
{
    const string Include = nameof(Include);

    /// <summary>A wildcard where a stage is named: MSBuild looks for files of that name.</summary>
    /// <param name="include">As the author wrote it.</param>
    public static Diagnostic WildcardForStage(ItemKind kind, string include) =>
        new(kind == ItemKind.Matcher ? "LNX1008" : "LNX1002", Severity.Error,
            $"{Kind(kind)} '{include}': MSBuild replaces a wildcard by the files that are there, or by nothing, and by no stages; "
            + (kind == ItemKind.Matcher ? "name one stage; a matrix is named as a whole" : "name the stage, or give it a Matrix"));

    /// <summary>An <c>Update</c> of an item that is not there, which MSBuild ignores.</summary>
    public static Diagnostic LostUpdate(ItemKind kind, string update, string nearest) =>
        Warning("LNX1008", $"{Kind(kind)} '{update}' is not there, so MSBuild ignores its Update{Guess(nearest)}");

    /// <summary>A wildcard in a <c>&lt;Source&gt;</c> that finds nothing.</summary>
    /// <param name="include">As the author wrote it.</param>
    public static Diagnostic EmptyWildcard(string include) =>
        Warning("LNX1022", $"source '{include}' matches no file; correct it, or take it out");

    public static Diagnostic EmptyWildcard(string include, string folder, string? nearest) =>
        Warning("LNX1022", $"source '{include}' matches no file, because there is no folder '{folder}'"
            + (nearest is null ? "; correct it, or take it out" : Guess(nearest)));

    /// <summary>A wildcard in a folder where MSBuild finds nothing.</summary>
    /// <param name="escape">The part of the path that MSBuild decodes, as <c>%2F</c>.</param>
    public static Diagnostic WildcardInEscapedFolder(string include, string folder, string escape) =>
        Warning("LNX1022",
            $"source '{include}' matches no file, because MSBuild takes '{escape}' in the path '{folder}' for an escaped character and "
            + "looks elsewhere; build in a folder whose path has no '%' before two hexadecimal digits");

    /// <summary>A text with bytes that MSBuild could not read.</summary>
    /// <param name="metadata">The metadata, or <c>Include</c>.</param>
    public static Diagnostic ReplacedBytes(DeclaredItem item, string metadata, string file) =>
        Warning("LNX1011",
            $"{Subject(item)}: MSBuild replaced bytes in {metadata} by U+FFFD, because '{file}' is not UTF-8; save the file as UTF-8")
        with
        { Item = item, Metadata = metadata == Include ? null : metadata };

    /// <summary>A <c>$(…)</c> that MSBuild replaced by something that its author hardly meant.</summary>
    /// <param name="subject">As <c>stage 'a'</c>.</param>
    /// <param name="metadata">As <c>Command</c>.</param>
    /// <param name="reference">With its parentheses, as <c>$(pwd)</c>.</param>
    /// <param name="environmentVariable">The variable whose value replaced the reference; null: nothing did.</param>
    public static Diagnostic LostProperty(string subject, string metadata, string reference, string? environmentVariable) =>
        Warning("LNX1011",
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by "
            + (environmentVariable is null
                ? "nothing, because no property has this name"
                : $"the environment variable {environmentVariable}")
            + $"; write '%24{reference[1..]}' {Reader(metadata)}, or declare the property");

    /// <summary>An <c>@(…)</c> that MSBuild replaced by fewer items than there are.</summary>
    /// <param name="reference">With its parentheses, as <c>@(Source)</c>.</param>
    /// <param name="name">The name of the items.</param>
    /// <param name="isDeclared">True when there are such items, but not all of them above the stage.</param>
    public static Diagnostic LostItems(string subject, string metadata, string reference, string name, bool isDeclared) =>
        Warning("LNX1011",
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by "
            + (isDeclared
                ? $"those {name} items that are declared above the {FirstWord(subject)}, and not all are"
                : $"nothing, because there are no {name} items")
            + $"; write '%40{reference[1..]}' {Reader(metadata)}, or declare the items first");

    /// <summary>A <c>%(…)</c> for which the item has no metadata, or had none when MSBuild read it.</summary>
    /// <param name="reference">With its parentheses, as <c>%(count)</c>.</param>
    /// <param name="isLater">True when the item has the metadata, but below the reference.</param>
    public static Diagnostic LostMetadata(string subject, string metadata, string reference, bool isLater) =>
        Warning("LNX1011",
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by nothing, because the {FirstWord(subject)} has no such metadata"
            + $"{(isLater ? " before it" : "")}; write '%25{reference[1..]}' {Reader(metadata)}"
            + (isLater ? ", or change their order" : ""));

    /// <summary>An item whose name is nearly one of Lightnix's, and that nothing uses.</summary>
    public static Diagnostic MisspelledItem(string name, ItemKind meant) =>
        Warning("LNX1019",
            $"nothing in the project uses items called '{name}'{Guess(meant.ToString())} Items of your own are used as '@({name})'");

    static string Kind(ItemKind kind) => kind.ToString().ToLowerInvariant();

    static string FirstWord(string subject) => subject.Split(' ')[0];

    static string Reader(string metadata) => CountedTexts.CommandLines.Contains(metadata, StringComparer.OrdinalIgnoreCase)
        ? "for the shell to see it"
        : "where this text is meant";

    static Diagnostic Warning(string code, string message) => new(code, Severity.Warning, message);
}
