using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class AStageThatPromisesNothing : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task And_writes_nothing_is_warned_of_by_the_build_that_runs_it()
    {
        const string items = """
            <Stage Include="check" Command="echo looks good" />
            <Stage Include="free" Command="echo 1 > @{out}/a" />
            <Stage Include="bound" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="bound" />
            """;

        var first = await _site.BuildAsync(items);
        var second = await _site.BuildAsync(items);

        Assert.True(first.Succeeded, first.ToString());
        var warning = Assert.Single(Diagnostics(first));
        Assert.Equal((Severity.Warning, "LNX2015", "check"), (warning.Severity, warning.Code, warning.Item!.Include));
        Assert.Contains("<Promise Include=\"FILE\" Stage=\"check\" />", warning.Message, StringComparison.Ordinal);
        Assert.Empty(Diagnostics(second));
    }

    static IEnumerable<Diagnostic> Diagnostics(Site.Built built) =>
        built.Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic);
}
