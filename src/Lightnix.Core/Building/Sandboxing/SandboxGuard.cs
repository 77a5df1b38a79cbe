using System.Collections.Immutable;
using System.Globalization;

namespace Lightnix.Building;

/// <summary>
/// The shell that starts a builder inside the sandbox and waits for it: it tells who was left behind, and ends them before the sandbox
/// ends,
/// so that nobody writes while the result is taken. Its report goes to a file that the builder is not given.
/// </summary>
static class SandboxGuard
{
    const string Started = "started", Left = "left ", All = "all ";

    /// <summary>A fork bomb leaves thousands.</summary>
    const string MostNames = "20";

    /// <summary><see cref="SandboxInit.Permission"/>, as the shell writes it.</summary>
    const string Permission = "4";

    /// <summary>
    /// The first two processes are bubblewrap's own and this shell. <c>exec</c> so that no built-in command stands in for a program.
    /// Before anything else it waits for a line of <see cref="SandboxInit"/>; where there is none, the build has ended, and nothing is to
    /// begin.
    /// The builder's variables are set where it begins, and nowhere before: they could load its libraries into this shell.
    /// </summary>
    const string Text = $$"""
        trap : TERM INT HUP
        read -r line <&{{Permission}} || exit 1
        exec {{Permission}}<&-
        echo {{Started}} >&2
        (. /proc/self/fd/$0; exec "$@")
        code=$?
        set -- /proc/[0-9]*
        tries=0
        while [ $# -gt 2 ] && [ $tries -lt 50 ]; do sleep 0.02; tries=$((tries+1)); set -- /proc/[0-9]*; done
        if [ $# -gt 2 ]; then
          echo {{All}}$(($#-2)) >&2
          told=0
          for p; do
            [ $told -lt {{MostNames}} ] || break
            case $p in /proc/1|/proc/$$) continue ;; esac
            read -r name < $p/comm && echo "{{Left}}$name (${p#/proc/})" >&2 && told=$((told+1))
          done
          tries=0
          while [ $# -gt 2 ] && [ $tries -lt 250 ]; do kill -9 -1; sleep 0.02; tries=$((tries+1)); set -- /proc/[0-9]*; done
        fi
        exit $code
        """;

    /// <summary>The path of the guard, wherever the system has its programs.</summary>
    public const string Path = "/usr/bin:/bin:/run/current-system/sw/bin";

    /// <summary>The words that run a command under the guard.</summary>
    /// <param name="descriptor">From which it reads the text of <see cref="BuilderVariables"/>.</param>
    public static ImmutableArray<string> Words(int descriptor, string program, ImmutableArray<string> words) =>
        ["/bin/sh", "-c", Text, descriptor.ToString(CultureInfo.InvariantCulture), program, .. words];

    /// <summary>
    /// Some of those that were left behind, as <c>sleep (7)</c>, and how many there were beside them; null when the guard never started, so
    /// that the report is bubblewrap's.
    /// </summary>
    public static (ImmutableArray<string> Names, int More)? Read(string report)
    {
        var lines = report.Split('\n');
        if (lines[0] != Started)
            return null;
        var names = After(Left).ToImmutableArray();
        var all = int.TryParse(After(All).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return (names, Math.Max(0, all - names.Length));

        IEnumerable<string> After(string word) =>
            lines.Where(l => l.StartsWith(word, StringComparison.Ordinal)).Select(l => l[word.Length..]);
    }
}
