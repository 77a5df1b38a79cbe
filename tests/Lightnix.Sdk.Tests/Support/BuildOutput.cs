using System.Text.RegularExpressions;

namespace Lightnix.Sdk;

/// <summary>What a <c>dotnet</c> command printed.</summary>
public sealed partial record BuildOutput(int ExitCode, string Text)
{
    /// <summary>Errors and warnings, each once: MSBuild says them again in its summary.</summary>
    public IReadOnlyList<Said> Diagnostics => [.. Pattern().Matches(Text).Select(Said.From).Distinct()];

    public bool Ran(string stage) => Text.Contains($"{stage}: replicate ", StringComparison.Ordinal);

    public bool Says(string text) => Text.Contains(text, StringComparison.Ordinal);

    public override string ToString() => $"{Text}\nexit code {ExitCode}";

    [GeneratedRegex(
        @"^\s*(?<file>[^\r\n]+?)(\((?<line>\d+),(?<column>\d+)\))?\s?: (?<kind>error|warning) (?<code>[A-Z]+\d+): (?<text>[^\r\n]*?)( "
        + @"\[[^\r\n\[\]]+proj\])?\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>One error or warning.</summary>
    /// <param name="File">Its name without folders.</param>
    /// <param name="Line">0: none was said.</param>
    public sealed record Said(string Kind, string Code, string File, int Line, int Column, string Text)
    {
        public string Place => $"{File}({Line},{Column})";

        internal static Said From(Match match) => new(
            match.Groups["kind"].Value,
            match.Groups["code"].Value,
            Path.GetFileName(match.Groups["file"].Value),
            Number(match.Groups["line"]),
            Number(match.Groups["column"]),
            match.Groups["text"].Value);

        static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }
}
