namespace Lightnix.Building;

static class CommandLines
{
    static readonly ImmutableArray<string> PowerShell = ["-NoLogo", "-NoProfile", "-NonInteractive"];

    /// <summary>The words that make a shell run a text and stop at the first line that fails. In <c>bash</c>, a failure in the middle of a
    /// pipeline counts; not every <c>sh</c> has that option.</summary>
    /// <returns>Null for a shell that is not known.</returns>
    public static ImmutableArray<string>? Shell(string shell, string text) => shell switch
    {
        "sh" => ["-e", "-c", text],
        "bash" => ["-e", "-o", "pipefail", "-c", text],
        "pwsh" => [.. PowerShell, "-Command", $"$ErrorActionPreference='Stop'; $PSNativeCommandUseErrorActionPreference=$true\n{text}"],
        "cmd" => ["/d", "/s", "/c", Joined(text)],
        _ => null,
    };

    /// <summary>The same for a text in a file of the working folder.</summary>
    /// <returns>Null for a shell that cannot do so.</returns>
    public static ImmutableArray<string>? ShellFile(string shell, string file) =>
        shell is "sh" or "bash" or "pwsh" ? Shell(shell, $". ./{file}") : null;

    /// <summary>The command line of <c>cmd</c>: with <c>/s</c>, it takes all between the first and the last quote unchanged.</summary>
    public static string? Line(string shell, string text) => shell == "cmd" ? $"/d /s /c \"{Joined(text)}\"" : null;

    /// <summary><c>cmd</c> does not stop at a failure, so the lines are joined by <c>&amp;&amp;</c>.</summary>
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
