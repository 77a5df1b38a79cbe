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

    /// <summary>A <c>$(…)</c> in a command of which MSBuild made something that its author hardly meant.</summary>
    /// <param name="metadata">As <c>Command</c>.</param>
    /// <param name="reference">With its parentheses, as <c>$(pwd)</c>.</param>
    /// <param name="environmentVariable">The variable whose value it became; null: nothing.</param>
    public static Diagnostic LostProperty(string stage, string metadata, string reference, string? environmentVariable, DeclaredItem? item = null) =>
        new("LNX1011", Severity.Warning,
            $"stage '{stage}': MSBuild replaced '{reference}' in {metadata} by "
            + $"{(environmentVariable is null ? "nothing, because no property has this name" : $"the environment variable {environmentVariable}")}; "
            + $"write '%24{reference[1..]}' for the shell to see it, or declare the property", item, metadata);

    /// <summary>An <c>@(…)</c> in a command of which MSBuild made less than there is.</summary>
    /// <param name="reference">With its parentheses, as <c>@(Source)</c>.</param>
    /// <param name="name">Of the items.</param>
    /// <param name="isDeclared">True when there are such items, but not, or not all, above the stage.</param>
    public static Diagnostic LostItems(string stage, string metadata, string reference, string name, bool isDeclared) =>
        new("LNX1011", Severity.Warning,
            $"stage '{stage}': MSBuild replaced '{reference}' in {metadata} by "
            + (isDeclared ? $"those {name} items that are declared above the stage, and not all are" : $"nothing, because there are no {name} items")
            + $"; write '%40{reference[1..]}' for the shell to see it, or declare the items first");

    /// <summary>An item whose name is nearly one of Lightnix's, and that nothing makes use of.</summary>
    public static Diagnostic MisspelledItem(string name, ItemKind meant) =>
        new("LNX1019", Severity.Warning, $"nothing in the project uses items called '{name}'{Guess(meant.ToString())} Items of your own are used as '@({name})'");
}
