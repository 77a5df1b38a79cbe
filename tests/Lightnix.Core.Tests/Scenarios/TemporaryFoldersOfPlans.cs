using Lightnix.Building;
using Lightnix.Builds;
using Lightnix.Realizing;

namespace Lightnix.Scenarios;

/// <summary>One process plans for several builds, each with another temporary folder, as processes of MSBuild do.</summary>
public sealed class TemporaryFoldersOfPlans : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Are_those_of_each_plan()
    {
        _site.Write("bin/mytool", $"#!/bin/sh\npwd >> {_site["asked"]}\necho mytool 1\n");
        _site.Sh("chmod +x bin/mytool; mkdir one two");

        foreach (var folder in (string[])["one", "two"])
        {
            var request = _site.Request("""<Stage Include="a" Command="mytool > @{out}/a" Tools="mytool" />""", BuildMode.Plan);
            var environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{_site["bin"]}:/usr/bin:/bin",
                ["TMPDIR"] =
                _site[folder],
                ["HOME"] = _site["home"]
            };
            Assert.True((
                await ProjectBuilds.BuildAsync(request with { Environment = environment }, _ => { }, CancellationToken.None)).Succeeded);
        }

        var asked = File.ReadAllLines(_site["asked"]);
        Assert.Equal(2, asked.Length);
        Assert.StartsWith(_site["one/lightnix-plan-"], asked[0], StringComparison.Ordinal);
        Assert.StartsWith(_site["two/lightnix-plan-"], asked[1], StringComparison.Ordinal);
        Assert.Equal("", _site.Sh("ls -A one two | grep lightnix || :"));
    }
}
