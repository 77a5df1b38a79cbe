using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>The beginning of a script.</summary>
/// <param name="Text">Empty for a file that is no script, or that cannot be read.</param>
readonly partial record struct ScriptHead(string Text)
{
    const int Length = 1024;

    /// <summary>The program that the first line names; null for a file that is no script.</summary>
    public string? Interpreter => First().Match(Text) is { Success: true } first ? first.Groups[1].Value : null;

    /// <summary>The first argument of that program: the program's name where the interpreter is <c>env</c>.</summary>
    public string Argument => First().Match(Text).Groups[2].Value;

    /// <summary>The program that a wrapper executes in its last line, as those of conda do; absolute, or null.</summary>
    public string? Wrapped => LastExec().Match(Text) is { Success: true } last ? last.Groups[1].Value : null;

    public static ScriptHead Of(string file)
    {
        var bytes = SmallFile.Beginning(file, Length);
        return new(bytes.StartsWith("#!"u8) ? Encoding.UTF8.GetString(bytes) : "");
    }

    [GeneratedRegex(@"\A#![ \t]*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex First();

    [GeneratedRegex("""^\s*exec\s+["']?(/[^"'$\s]+)["']?\s(?=[^\n]*"\$@"\s*\z)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex LastExec();
}
