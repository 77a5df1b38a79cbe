using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>How shells and interpreters are called.</summary>
static class CommandLines
{
    static readonly ImmutableArray<string> PowerShell = ["-NoLogo", "-NoProfile", "-NonInteractive"];

    /// <summary>
    /// The words that make a shell run a text, ending with the first line that fails. What fails in the middle of a pipeline counts in
    /// <c>bash</c>,
    /// where people expect it, and not in <c>sh</c>, which has no such option everywhere.
    /// </summary>
    /// <returns>Null for a shell that is not known.</returns>
    public static ImmutableArray<string>? Shell(string shell, string text) => shell switch
    {
        "sh" => ["-e", "-c", text],
        "bash" => ["-e", "-o", "pipefail", "-c", text],
        "pwsh" => [.. PowerShell, "-Command", $"$ErrorActionPreference='Stop'; $PSNativeCommandUseErrorActionPreference=$true\n{text}"],
        "cmd" => ["/d", "/s", "/c", Joined(text)],
        _ => null,
    };

    /// <summary>The words that make a shell run a text that is in a file of the working folder, with the same effect.</summary>
    /// <returns>Null for a shell that has no way to do so.</returns>
    public static ImmutableArray<string>? ShellFile(string shell, string file) =>
        shell is "sh" or "bash" or "pwsh" ? Shell(shell, $". ./{file}") : null;

    /// <summary>
    /// What <c>cmd</c> is given instead of words: with <c>/s</c> it takes all between the first and the last quote as it is.
    /// </summary>
    public static string? Line(string shell, string text) => shell == "cmd" ? $"/d /s /c \"{Joined(text)}\"" : null;

    /// <summary><c>cmd</c> has no way to end at the first failure; <c>&amp;&amp;</c> between the lines has the same effect.</summary>
    static string Joined(string text) =>
        string.Join(" && ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The words that make an interpreter run a script.</summary>
    public static ImmutableArray<string> Script(string interpreter, string script, ImmutableArray<string> arguments)
    {
        var file = script.StartsWith('-') ? "./" + script : script;
        return Path.GetFileNameWithoutExtension(interpreter) is "pwsh" or "powershell" ? [.. PowerShell, "-File", file, .. arguments]
            : [file, .. arguments];
    }
}
