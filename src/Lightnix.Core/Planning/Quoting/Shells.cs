namespace Lightnix.Planning;

/// <summary>The shells that a command may be written for.</summary>
public static class Shells
{
    public const string Sh = "sh";
    public const string Bash = "bash";
    public const string Pwsh = "pwsh";
    public const string Cmd = "cmd";

    public static ImmutableArray<string> All { get; } = [Sh, Bash, Pwsh, Cmd];

    /// <summary>Where no shell is declared.</summary>
    public static string Default { get; } = Path.DirectorySeparatorChar == '\\' ? Cmd : Sh;
}
