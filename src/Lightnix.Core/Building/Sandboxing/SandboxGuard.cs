namespace Lightnix.Building;

/// <summary>The shell that starts a builder in the sandbox and waits for it. It reports processes that the builder left, and ends them, so
/// that nothing writes while the result is taken. The builder cannot reach its report.</summary>
static class SandboxGuard
{
    const string Started = "started", Left = "left ", All = "all ";

    /// <summary>Of a fork bomb, not all names are reported.</summary>
    const string MostNames = "20";

    /// <summary><see cref="SandboxInit.Permission"/>, as the shell writes it.</summary>
    const string Permission = "4";

    /// <summary>The first two processes are bubblewrap and this shell. The shell waits for a line of <see cref="SandboxInit"/>; without
    /// one, the build has ended. <c>exec</c> runs programs only, no built-in commands. The builder's variables are set last, because they
    /// could load libraries into this shell.</summary>
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
          named=0
          for p; do
            [ $named -lt {{MostNames}} ] || break
            case $p in /proc/1|/proc/$$) continue ;; esac
            read -r name < $p/comm && echo "{{Left}}$name (${p#/proc/})" >&2 && named=$((named+1))
          done
          tries=0
          while [ $# -gt 2 ] && [ $tries -lt 250 ]; do kill -9 -1; sleep 0.02; tries=$((tries+1)); set -- /proc/[0-9]*; done
        fi
        exit $code
        """;

    /// <summary>The path of the guard's programs, on all systems.</summary>
    public const string Path = "/usr/bin:/bin:/run/current-system/sw/bin";

    /// <summary>The words that run a command under the guard.</summary>
    /// <param name="descriptor">The descriptor of the text of <see cref="BuilderVariables"/>.</param>
    public static ImmutableArray<string> Words(int descriptor, string program, ImmutableArray<string> words) =>
        ["/bin/sh", "-c", Text, descriptor.ToString(CultureInfo.InvariantCulture), program, .. words];

    /// <summary>Some names of processes left behind, and the number of the others; null where the guard never started and the report is
    /// bubblewrap's.</summary>
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
