using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>
/// The shell that starts a builder inside the sandbox and waits for it: it tells who was left behind, and ends them before the sandbox ends,
/// so that nobody writes while the result is taken. Its report goes to a file that the builder is not given.
/// </summary>
static class SandboxGuard
{
    const string Started = "started", Left = "left ";

    /// <summary>Variables that shells set by themselves; a builder does not get them unless they are its own.</summary>
    static readonly ImmutableArray<string> OfShells = ["PWD", "OLDPWD", "SHLVL"];

    /// <summary>The first two processes are bubblewrap's own and this shell. <c>exec</c> so that no built-in command stands in for a program.</summary>
    const string Text = $$"""
        (exec "$@" 2>&1)
        code=$?
        set -- /proc/[0-9]*
        tries=0
        while [ $# -gt 2 ] && [ $tries -lt 50 ]; do sleep 0.02; tries=$((tries+1)); set -- /proc/[0-9]*; done
        if [ $# -gt 2 ]; then
          for p; do
            case $p in /proc/1|/proc/$$) continue ;; esac
            read -r name < $p/comm && echo "{{Left}}$name (${p#/proc/})" >&2
          done
          tries=0
          while [ $# -gt 2 ] && [ $tries -lt 250 ]; do kill -9 -1; sleep 0.02; tries=$((tries+1)); set -- /proc/[0-9]*; done
        fi
        exit $code
        """;

    /// <summary>The words that run a command under the guard.</summary>
    public static ImmutableArray<string> Words(string program, ImmutableArray<string> words, IReadOnlyDictionary<string, string> environment)
    {
        var unset = string.Join(' ', OfShells.Where(n => !environment.ContainsKey(n)));
        // A shell does not hand on what is no name to it.
        var odd = environment.Where(v => !IsShellName(v.Key)).Select(v => $"{v.Key}={v.Value}").ToImmutableArray();
        ImmutableArray<string> through = odd.IsEmpty ? [] : ["env", .. odd];
        return ["/bin/sh", "-c", $"trap : TERM INT HUP\necho {Started} >&2\n{(unset.Length == 0 ? "" : $"unset {unset}\n")}{Text}", "sh", .. through, program, .. words];
    }

    /// <summary>Those that were left behind, as <c>sleep (7)</c>; null when the guard never started, so that the report is bubblewrap's.</summary>
    public static ImmutableArray<string>? Read(string report)
    {
        var lines = report.Split('\n');
        return lines[0] != Started ? null : [.. lines.Where(l => l.StartsWith(Left, StringComparison.Ordinal)).Select(l => l[Left.Length..])];
    }

    static bool IsShellName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
