using Lightnix.Model;
using static Lightnix.Planning.Wording;

namespace Lightnix.Planning;

/// <summary>The part of the catalogue of LNX1xxx that is about text of which MSBuild made something else, or nothing, before anybody saw it.</summary>
public static class WrittenErrors
{
    /// <summary>A wildcard in the text of a promise, of which MSBuild may have made files that are there before the build, or nothing.</summary>
    /// <param name="include">As the author wrote it.</param>
    /// <param name="item">Where something was left of it.</param>
    public static Diagnostic WildcardInPromise(string include, DeclaredItem? item = null) =>
        new("LNX1007", Severity.Error,
            $"'{include}' cannot be promised: MSBuild replaces a wildcard by the files that are there before the build, or by "
            + "nothing. Promise the folder, as Include=\"plots\" Pattern=\"*.png\" MinCount=\"3\"", item);

    /// <summary>A wildcard where a stage is named: MSBuild looks for files of that name.</summary>
    /// <param name="include">As the author wrote it.</param>
    public static Diagnostic WildcardForStage(ItemKind kind, string include) =>
        new(kind == ItemKind.Matcher ? "LNX1008" : "LNX1002", Severity.Error,
            $"{Kind(kind)} '{include}': MSBuild replaces a wildcard by the files that are there, or by nothing, and by no stages; "
            + (kind == ItemKind.Matcher ? "name one stage; a matrix is named as a whole" : "name the stage, or give it a Matrix"));

    /// <summary>An <c>Update</c> of an item that is not there, which MSBuild ignores.</summary>
    public static Diagnostic LostUpdate(ItemKind kind, string update, string nearest) =>
        new("LNX1008", Severity.Warning, $"{Kind(kind)} '{update}' is not there, so MSBuild ignores its Update{Guess(nearest)}");

    /// <summary>A wildcard in a <c>&lt;Source&gt;</c> that finds nothing.</summary>
    /// <param name="include">As the author wrote it.</param>
    public static Diagnostic EmptyWildcard(string include) =>
        new("LNX1022", Severity.Warning, $"source '{include}' matches no file; correct it, or take it out");

    /// <summary>The same in a folder that is not there.</summary>
    public static Diagnostic EmptyWildcard(string include, string folder, string? nearest) =>
        new("LNX1022", Severity.Warning, $"source '{include}' matches no file, because there is no folder '{folder}'{(nearest is null ? "; correct it, or take it out" : Guess(nearest))}");

    /// <summary>The same in a folder in which no wildcard finds anything.</summary>
    /// <param name="escape">The part of the path that MSBuild decodes, as <c>%2F</c>.</param>
    public static Diagnostic WildcardInEscapedFolder(string include, string folder, string escape) =>
        new("LNX1022", Severity.Warning,
            $"source '{include}' matches no file, because MSBuild takes '{escape}' in the path '{folder}' for an escaped character and looks elsewhere; "
            + "build in a folder whose path has no '%' before two hexadecimal digits");

    /// <summary>A <c>$(…)</c> of which MSBuild made something that its author hardly meant.</summary>
    /// <param name="subject">As <c>stage 'a'</c>.</param>
    /// <param name="metadata">As <c>Command</c>.</param>
    /// <param name="reference">With its parentheses, as <c>$(pwd)</c>.</param>
    /// <param name="environmentVariable">The variable whose value it became; null: nothing.</param>
    public static Diagnostic LostProperty(string subject, string metadata, string reference, string? environmentVariable) =>
        new("LNX1011", Severity.Warning,
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by "
            + $"{(environmentVariable is null ? "nothing, because no property has this name" : $"the environment variable {environmentVariable}")}; "
            + $"write '%24{reference[1..]}' {Reader(metadata)}, or declare the property");

    /// <summary>A text with bytes that MSBuild could not read.</summary>
    /// <param name="metadata">Or <c>Include</c>.</param>
    public static Diagnostic ReplacedBytes(DeclaredItem item, string metadata, string file) =>
        new("LNX1011", Severity.Warning,
            $"{Subject(item)}: MSBuild replaced bytes in {metadata} by U+FFFD, because '{file}' is not UTF-8; save the file as UTF-8", item, metadata == "Include" ? null : metadata);

    /// <summary>An <c>@(…)</c> of which MSBuild made less than there is.</summary>
    /// <param name="reference">With its parentheses, as <c>@(Source)</c>.</param>
    /// <param name="name">Of the items.</param>
    /// <param name="isDeclared">True when there are such items, but not, or not all, above the stage.</param>
    public static Diagnostic LostItems(string subject, string metadata, string reference, string name, bool isDeclared) =>
        new("LNX1011", Severity.Warning,
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by "
            + (isDeclared ? $"those {name} items that are declared above the {subject.Split(' ')[0]}, and not all are" : $"nothing, because there are no {name} items")
            + $"; write '%40{reference[1..]}' {Reader(metadata)}, or declare the items first");

    /// <summary>A <c>%(…)</c> for which the item has no metadatum, or had none when MSBuild read it.</summary>
    /// <param name="reference">With its parentheses, as <c>%(count)</c>.</param>
    /// <param name="isLater">True when the item has it, written behind.</param>
    public static Diagnostic LostMetadata(string subject, string metadata, string reference, bool isLater) =>
        new("LNX1011", Severity.Warning,
            $"{subject}: MSBuild replaced '{reference}' in {metadata} by nothing, because the {subject.Split(' ')[0]} has no such metadata"
            + $"{(isLater ? " before it" : "")}; write '%25{reference[1..]}' {Reader(metadata)}{(isLater ? ", or change their order" : "")}");

    /// <summary>An item whose name is nearly one of Lightnix's, and that nothing makes use of.</summary>
    public static Diagnostic MisspelledItem(string name, ItemKind meant) =>
        new("LNX1019", Severity.Warning, $"nothing in the project uses items called '{name}'{Guess(meant.ToString())} Items of your own are used as '@({name})'");

    static string Kind(ItemKind kind) => kind.ToString().ToLowerInvariant();

    static string Reader(string metadata) => CountedTexts.CommandLines.Contains(metadata, StringComparer.OrdinalIgnoreCase) ? "for the shell to see it" : "where this text is meant";
}
