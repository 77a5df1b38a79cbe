using Lightnix.Building;
using Lightnix.Builds;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>
/// The sandbox is named where it can be why a builder failed: something that is not there was asked for. Not where another cause is known.
/// </summary>
public sealed class HintsOfTheSandbox : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [SandboxFact]
    public async Task Are_there_for_what_is_missing_only()
    {
        _site.Write("project/s.sh", "#!/usr/bin/nopython\n");
        _site.Write("project/my data.txt", "x");
        _site.Write("project/rows/1.txt", "x");
        _site.Sh("chmod +x project/s.sh");
        const string items = """
            <Stage Include="file" Command="cat /nowhere/f" />
            <Stage Include="far"
                   Command="echo 'Could not resolve host: example.com'; i=0;
                            while [ $i -lt 100 ]; do echo at $i; i=$((i+1)); done; exit 6" />
            <Stage Include="quiet" Command="test -f /nowhere/f" />
            <Stage Include="other" Command="exit 3" />
            <Stage Include="said" Command="echo 'ValueError: shapes (3,) and (4,)'; exit 1" />
            <Stage Include="told" Command="exit 137" />
            <Stage Include="segv" Command="kill -SEGV $$" />
            <Stage Include="size" Command="ulimit -f 10; head -c 10000000 /dev/zero > @{out}/x" />
            <Stage Include="syntax" Command="printf 'FileNotFoundError: x not found\nSyntaxError: invalid syntax\n'; exit 1" />
            <Stage Include="undeclared" Command="echo &quot;No such file or directory: 'my data.txt'&quot;; exit 1" />
            <Stage Include="folder" Command="ls '/stage/rows'" />
            <Stage Include="script" Command="./s.sh" />
            <Source Include="s.sh" Stage="script" />
            """;
        var request = _site.Request(items);
        var events = new List<BuildEvent>();

        await ProjectBuilds.BuildAsync(request with { Options = request.Options with { Sandbox = "Auto" } },
            e => { lock (events) events.Add(e); }, CancellationToken.None);

        var messages = events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.Message).ToList();
        string Of(string stage) => messages.Single(m => m.StartsWith($"stage '{stage}'", StringComparison.Ordinal));
        Assert.Equal(["far", "file", "quiet"],
            new[] { "file", "far", "quiet", "other", "said", "told", "segv", "size", "script", "syntax", "undeclared", "folder" }.Where(
            s => Of(s).Contains("It ran in a sandbox", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(
            "'my data.txt' is in the project's folder, and the stage does not declare it: <Source Include=\"my data.txt\" "
            + "Stage=\"undeclared\" />", Of("undeclared"), StringComparison.Ordinal);
        Assert.Contains("<Source Include=\"rows/**\" Stage=\"folder\" />", Of("folder"), StringComparison.Ordinal);
        Assert.Contains("a lack of memory", Of("told"), StringComparison.Ordinal);
        Assert.Contains("a limit on the size of files", Of("size"), StringComparison.Ordinal);
        Assert.Contains("'s.sh' begins with '#!/usr/bin/nopython', and there is no '/usr/bin/nopython'", Of("script"),
            StringComparison.Ordinal);
    }
}
