using Lightnix.Storage;

namespace Lightnix.Building;

/// <summary>Git is asked for it.</summary>
public sealed class AStateOfAWorkingTree : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxTheory]
    [InlineData("", false)]
    [InlineData("echo b > tracked", true)]
    [InlineData("rm tracked", true)]
    [InlineData("echo b > fresh.py", true)]
    [InlineData("mkdir data; echo b > data/x.py; git add data", true)]
    [InlineData("mkdir bin obj data; touch bin/a obj/b; touch tracked", false)]
    [InlineData("mkdir -p 'ü x/obj'; touch 'ü x/obj/a' 'ü x/y'; git add 'ü x/y'; git commit --quiet -m b", false)]
    [InlineData("git config status.showUntrackedFiles no; echo b > fresh.py", true)]
    public async Task Is_dirty_with_a_changed_or_unknown_file_outside_of_bin_and_obj(string script, bool dirty) =>
        Assert.Equal(dirty, (await StateAsync(script)).Dirty);

    [LinuxTheory]
    [InlineData("mkdir -p links deep/store; touch links/a deep/store/b", false)]
    [InlineData("mkdir -p links deep/store; touch links/a deep/store/b deep/own.py", true)]
    [InlineData("mkdir -p artifacts/obj/a artifacts/bin/other; touch artifacts/obj/a/x artifacts/bin/other/x", false)]
    public async Task Is_not_dirty_with_what_builds_write(string script, bool dirty) =>
        Assert.Equal(dirty, (await StateAsync(script)).Dirty);

    // As Git LFS: the commit has pointers, the working tree has contents.
    [LinuxTheory]
    [InlineData("", null)]
    [InlineData("echo b > tracked", true)]
    [InlineData("echo b > fresh.py", true)]
    [InlineData("rm large.bin", true)]
    public async Task Is_not_known_where_only_files_with_a_filter_differ(string script, bool? dirty)
    {
        var state = await StateAsync($"""
            git config filter.lfs.clean 'tr a-z A-Z'; git config filter.lfs.smudge 'tr A-Z a-z'
            echo '*.bin filter=lfs' > .gitattributes; echo content > large.bin; git add --all; git commit --quiet -m second
            touch -d 2001-01-01 large.bin; {script}
            """);
        Assert.Equal(dirty, state.Dirty);
    }

    [LinuxTheory]
    [InlineData("git config core.fsmonitor \"$PWD/evil\"")]
    [InlineData("printf '* filter=f\\n' > .gitattributes; git config filter.f.clean \"$PWD/evil\"; git config filter.f.required true")]
    [InlineData("printf '* filter=f.g\\n' > .git/info/attributes; git config filter.f.g.process \"$PWD/evil\"")]
    [InlineData("cp evil .git/hooks/post-index-change; git config core.hooksPath .git/hooks")]
    public async Task Runs_nothing_that_the_repository_configures(string script)
    {
        await StateAsync($"""
            printf '#!/bin/sh\ntouch "{_temp["evil ran"]}"\ncat\n' > evil; chmod +x evil; {script}
            echo b > tracked; touch -d 2001-01-01 tracked
            """);
        Assert.False(File.Exists(_temp["evil ran"]));
    }

    [LinuxFact]
    public async Task Is_not_asked_with_the_variables_of_a_hook()
    {
        var state = await StateAsync("", new() { ["GIT_DIR"] = "/nowhere", ["GIT_INDEX_FILE"] = "/nowhere" });
        Assert.False(state.Dirty);
    }

    [LinuxTheory]
    [InlineData("exit 1")]
    [InlineData("sleep 100")]
    [InlineData("echo fatal: detected dubious ownership >&2; exit 128")]
    public async Task Is_not_known_where_git_does_not_say(string git)
    {
        _temp.Make("tools", $"printf '#!/bin/sh\\n%s\\n' '{git}' > git; chmod +x git");
        var state = await StateAsync("", new() { ["PATH"] = _temp["tools"] + ":/usr/bin:/bin" });
        Assert.Null(state.Dirty);
        Assert.NotNull(state.Commit);
    }

    [LinuxFact]
    public async Task Is_not_known_without_git()
    {
        var state = await StateAsync("", new() { ["PATH"] = _temp.Folder });
        Assert.Null(state.Dirty);
        Assert.NotNull(state.Commit);
    }

    [LinuxFact]
    public async Task Is_none_without_a_repository() =>
        Assert.Equal(Revision.None, await Of(_temp.Folder, []).ReadAsync());

    Task<Revision> StateAsync(string script, Dictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(_temp["tree"]);
        Git.Run(_temp["tree"], $"git init --quiet .; {Git.Commit}; {script}");
        return Of(_temp["tree"], environment ?? []).ReadAsync();
    }

    Revisions Of(string folder, Dictionary<string, string> environment)
    {
        var caller = BuilderEnvironment.OfThisProcess().SetItem("HOME", _temp.Folder).SetItems(environment);
        ImmutableArray<string> written =
            [.. "links deep/store artifacts/obj/a artifacts/bin/a ..".Split(' ').Select(p => Path.GetFullPath(p, _temp["tree"]))];
        return new(new GitStatus(new(_temp["probes"], null, caller, new(caller, [])), written), folder);
    }
}
