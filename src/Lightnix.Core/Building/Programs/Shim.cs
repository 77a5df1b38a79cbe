using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>A file that stands for several versions of a program, and asks a version manager for one.</summary>
/// <param name="Manager">The version manager, absolute; null where it is not found.</param>
/// <param name="ManagerName">As <c>pyenv</c>.</param>
/// <param name="Variables">Variables that the shim sets for its manager.</param>
sealed partial record Shim(string? Manager, string ManagerName, ImmutableSortedDictionary<string, string> Variables)
{
    /// <summary>Managers whose shims are links to a program, with the program that answers.</summary>
    static readonly ImmutableDictionary<string, string> ByLink = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [KeyValuePair.Create("mise", "mise"), KeyValuePair.Create("rtx", "rtx"), KeyValuePair.Create("volta-shim", "volta"),
            KeyValuePair.Create("rustup", "rustup")]);

    /// <summary>Recognizes a shim by its contents, in any folder.</summary>
    /// <param name="real">The file with all links followed.</param>
    /// <param name="head">The beginning of a script; empty for others.</param>
    /// <param name="find">Finds a program on the path that may run outside.</param>
    /// <returns>Null for a file that is no shim.</returns>
    public static Shim? Of(string file, string real, string head, Func<string, string?> find)
    {
        if (ByLink.GetValueOrDefault(Path.GetFileName(real)) is { } name && Path.GetFileName(file) != Path.GetFileName(real))
            return new(Path.Combine(Path.GetDirectoryName(real)!, name), name, Model.Derivation.NoTexts);
        if (Family().Match(head) is { Success: true } family)
        {
            // Its shims name the folder of its versions.
            var variables = Root().Match(head) is { Success: true } root
                ? Model.Derivation.NoTexts.Add(root.Groups[1].Value, root.Groups[2].Value) : Model.Derivation.NoTexts;
            return new(family.Groups[1].Value, Path.GetFileName(family.Groups[1].Value), variables);
        }
        if (Asdf().Match(head) is { Success: true } asdf)
            return new(asdf.Groups[1].Value is { Length: > 0 } folder ? folder + "asdf" : find("asdf"), "asdf", Model.Derivation.NoTexts);
        return null;
    }

    /// <summary>pyenv and its relatives: <c>exec "/…/libexec/pyenv" exec "$program" "$@"</c>.</summary>
    [GeneratedRegex("""^exec "([^"$]+/(?:py|rb|nod|pl|go|j|php|lua|sc|sw|tf|hs)env)" exec""",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex("""^export ([A-Z]+ENV_ROOT)="([^"$]+)"$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Root();

    /// <summary>asdf: <c>exec /…/bin/asdf exec "python3" "$@"</c>, or without a folder.</summary>
    [GeneratedRegex("""^exec "?((?:/[^"$\s]+/)?)asdf"? exec """, RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Asdf();
}
