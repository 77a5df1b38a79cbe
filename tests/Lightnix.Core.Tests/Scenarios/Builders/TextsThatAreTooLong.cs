using Lightnix.Building;

namespace Lightnix.Scenarios;

public sealed class TextsThatAreTooLong : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Are_reported_before_anything_runs()
    {
        _site.Write("project/x.sh", "cp $1 out/y");
        var half = new string('y', 70_000);
        const string first = "<Stage Include=\"first\" Command=\"echo 1 > @{out}/x\" /><Promise Include=\"x\" Stage=\"first\" />";
        var items = first + $$"""
            <Stage Include="word" Script="x.sh" Arguments="@{first/x} @{params.p}@{params.p}" Parameters="p={{half}}" />
            <Stage Include="variable" Command="true" Environment="X=@{params.p},@{params.p}" Parameters="p={{half}}" />
            <Stage Include="command" Command="echo > @{out}/x; : {{half}}{{half}}" />
            """;

        var built = await _site.BuildAsync(items);

        Assert.Empty(built.Ran);
        const string rest = "bytes, and Linux takes 131,071 for each. Let the builder read them from a file: the one that LIGHTNIX_CONTEXT "
            + "names holds all parameters and inputs of the stage, also those of a Matrix";
        Assert.Equal(
            [
                $"error LNX1016: stage 'word' could never start: the argument 'yyyyyyyyyyyyyyyyyyyy…' has 140,000 {rest}",
                $"error LNX1016: stage 'variable' could never start: the variable 'X' has 140,001 {rest}",
            ],
            built.Errors.Select(e => e.ToString()));
        Assert.Equal(["command#1", "first#1"], (await _site.BuildAsync(items, stages: "first command")).Ran);
    }
}
