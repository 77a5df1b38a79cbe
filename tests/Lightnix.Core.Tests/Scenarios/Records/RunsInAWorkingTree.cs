using Lightnix.Building;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>Runs record the revision of the working tree, and the store keeps their sources.</summary>
public sealed class RunsInAWorkingTree : IDisposable
{
    const string Items = """
        <Stage Include="a" Command="sh a.sh @{out}/a" /><Promise Include="a" Stage="a" />
        <Source Include="a.sh;data.bin" Stage="a" />
        """;

    readonly Site _site = new();

    public RunsInAWorkingTree()
    {
        _site.Write("project/a.sh", "echo a > $1\n");
        File.WriteAllBytes(_site["project/data.bin"], [0, 1, 2]);
    }

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Record_the_commit_and_whether_it_was_dirty()
    {
        var commit = Git.Run(_site["project"], $"git init --quiet .; {Git.Commit}; git rev-parse HEAD").Trim();
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        _site.Write("project/a.sh", "echo b > $1\n");
        Assert.True((await _site.BuildAsync(Items)).Succeeded);

        var facts = Runs().OrderBy(r => r.Facts.Start).Select(r => (r.Facts.Revision, r.Facts.Dirty));

        Assert.Equal([(commit, false), (commit, true)], facts);
    }

    [LinuxFact]
    public async Task Are_not_longer_for_a_slow_git()
    {
        var commit = Git.Run(_site["project"], $"git init --quiet .; {Git.Commit}; git rev-parse HEAD").Trim();
        // It answers when the build has ended, or is ended itself.
        _site.Write("tools/git", $"#!/bin/sh\nuntil [ -e '{_site["built"]}' ]; do sleep 0.05; done\n");
        _site.Sh("chmod +x tools/git");
        _site.Adapt = r => r with { Environment = new Dictionary<string, string> { ["PATH"] = _site["tools"] + ":/usr/bin:/bin" } };

        Assert.True((await _site.BuildAsync(Items)).Succeeded);

        _site.Write("built", "");
        var facts = Assert.Single(Runs()).Facts;
        Assert.Equal((commit, (bool?)null), (facts.Revision, facts.Dirty));
        // Less than git is waited for.
        Assert.InRange(facts.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [LinuxFact]
    public async Task Record_neither_without_a_repository()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        Assert.Equal("lightnix/run/1", Assert.Single(Runs()).OwnFormat);
    }

    [LinuxFact]
    public async Task Ask_git_once_a_build_and_not_at_all_when_nothing_runs()
    {
        Git.Run(_site["project"], $"git init --quiet .; {Git.Commit}");
        _site.Write("tools/git", $"#!/bin/sh\necho \"$@\" >> '{_site["asked"]}'\nPATH=/usr/bin:/bin exec git \"$@\"\n");
        _site.Sh("chmod +x tools/git");
        _site.Adapt = r => r with { Environment = new Dictionary<string, string> { ["PATH"] = _site["tools"] + ":/usr/bin:/bin" } };
        const string more = Items + """<Stage Include="b" Command="sh a.sh @{out}/a" /><Source Include="a.sh" Stage="b" />""";

        Assert.Equal(2, (await _site.BuildAsync(more)).Ran.Length);
        var asked = File.ReadAllLines(_site["asked"]);
        Assert.Single(asked, line => line.Contains("status", StringComparison.Ordinal));
        Assert.Empty((await _site.BuildAsync(more)).Ran);

        Assert.Equal(asked, File.ReadAllLines(_site["asked"]));
    }

    [LinuxTheory]
    [InlineData(KeepSources.All, true, true)]
    [InlineData(KeepSources.Text, true, false)]
    [InlineData(KeepSources.None, false, false)]
    public async Task Have_sources_in_the_store(KeepSources which, bool script, bool data)
    {
        _site.Adapt = r => r with { Options = r.Options with { KeepSources = which } };

        Assert.True((await _site.BuildAsync(Items)).Succeeded);

        Assert.Equal((script, data), (IsKept("a.sh"), IsKept("data.bin")));
        Assert.Empty(_site.Damages());
    }

    [LinuxFact]
    public async Task Have_no_source_of_more_than_4_MiB_in_the_store()
    {
        File.WriteAllBytes(_site["project/data.bin"], new byte[(4 << 20) + 1]);
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        Assert.Equal((true, false), (IsKept("a.sh"), IsKept("data.bin")));
    }

    [LinuxFact]
    public async Task Have_sources_that_stay_until_their_records_go()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        _site.Collect();
        Assert.True(IsKept("a.sh"));
        File.Delete(_site.ProjectFile);
        _site.Collect();
        Assert.False(IsKept("a.sh"));
    }

    [LinuxFact]
    public async Task Have_sources_of_failures_in_the_store()
    {
        _site.Write("project/a.sh", "exit 1\n");
        Assert.False((await _site.BuildAsync(Items)).Succeeded);
        Assert.True(IsKept("a.sh"));
    }

    bool IsKept(string source)
    {
        using var store = _site.Open();
        return store.Sources.FileOf(Digest.Of(File.ReadAllBytes(_site["project/" + source]))) is not null;
    }

    IEnumerable<Run> Runs()
    {
        using var store = _site.Open();
        return [.. new StoreIndex(store).All().SelectMany(r => store.Records.History(r).Runs)];
    }
}
