using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Writes the environment of a builder as lines for the shell that becomes the builder.</summary>
static class BuilderVariables
{
    /// <summary>Variables that shells set by themselves. A builder gets them only where they are its own.</summary>
    static readonly ImmutableArray<string> OfShells = ["PATH", "PWD", "OLDPWD", "SHLVL"];

    /// <summary>Variables of the shell itself: it refuses other values, or behaves differently.</summary>
    static readonly ImmutableHashSet<string> Special = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "UID", "EUID", "PPID", "GROUPS", "SHELLOPTS", "RANDOM", "SRANDOM", "SECONDS", "EPOCHSECONDS", "EPOCHREALTIME", "LINENO", "OPTIND",
            "IFS", "DIRSTACK", "FUNCNAME", "HISTCMD", "POSIXLY_CORRECT");

    /// <summary>The lines. They leave the builder's words in <c>$@</c>, after <c>env</c> where a shell cannot set all variables.</summary>
    /// <param name="descriptor">The descriptor from which the shell reads the lines.</param>
    /// <param name="joinsOutputs">Standard error goes where standard output goes.</param>
    public static string Lines(IReadOnlyDictionary<string, string> environment, int descriptor, bool joinsOutputs = true)
    {
        var text = new StringBuilder();
        // First, because the builder's variables may have any name.
        text.Append(CultureInfo.InvariantCulture, $"exec {(joinsOutputs ? "2>&1 " : "")}{descriptor}<&-\n");
        var unset = string.Join(' ', OfShells.Where(n => !environment.ContainsKey(n)));
        var through = environment.Where(v => !IsPlain(v.Key, v.Value)).Select(v => PosixText.Quoted($"{v.Key}={v.Value}")).ToList();
        if (through.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"set -- env {string.Join(' ', through)} \"$@\"\n");
        if (unset.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"unset {unset}\n");
        foreach (var (name, value) in environment.Where(v => IsPlain(v.Key, v.Value)))
            text.Append(CultureInfo.InvariantCulture, $"export {name}={PosixText.Quoted(value)}\n");
        return text.ToString();
    }

    /// <summary>Whether a shell passes a variable on unchanged.</summary>
    static bool IsPlain(string name, string value) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !Special.Contains(name) && !name.StartsWith("BASH", StringComparison.Ordinal)
        // A shell switches to a language at once, and complains when it is not installed.
        && (!(name == "LANG" || name.StartsWith("LC_", StringComparison.Ordinal)) || value is "C" or "C.UTF-8" or "POSIX");
}
