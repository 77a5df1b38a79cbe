using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Building;

/// <summary>Inputs that a sandbox shows as they are stored: read like copies, and out of reach of whatever a builder does.</summary>
[Trait("Speed", "Slow")]
public sealed class MountedInputs : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Tree _tree;
    readonly string _stored;
    readonly Builders _sandboxed;

    public MountedInputs()
    {
        _store = Store.Open(_temp["store"]);
        _tree = _store.Trees.Take(_temp.Make("a",
            "mkdir -p d/e empty; head -c 300000 /dev/zero > zeros; head -c 300000 /dev/urandom > d/noise; cp d/noise d/e/noise; : > b; : > "
                + "c; printf run > run; chmod 755 run; ln -s d/e/noise link; ln -s d folder"));
        _stored = _store.Trees.FolderOf(_tree.Reference);
        _sandboxed = new(new(_temp["cache"]) { Hidden = [_store.Folder] });
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    /// <summary>What a command prints in a working folder with three inputs: a tree, a part of it, and two of its files.</summary>
    async Task<string> Prints(Builders builders, bool sandboxed, string command)
    {
        using var workspace = _store.NewWorkspace();
        Place("", "whole");
        Place("d", "part/1/d");
        Place("zeros", "some/zeros");
        Place("link", "some/link");
        Assert.Equal(sandboxed, workspace.Mounts.Count > 0);
        var request = new BuildRequest
        {
            Recipe = new() { Invocation = new Planning.Invocation.Shell("sh", command), Environment = Derivation.NoTexts },
            WorkingFolder = workspace.Folder,
            LogFile = workspace.LogFile,
            Mounts = workspace.Mounts,
        };
        var outcome = await builders.Processes.RunAsync(request, CancellationToken.None);
        var log = File.Exists(workspace.LogFile) ? await File.ReadAllTextAsync(workspace.LogFile) : "";
        Assert.True(outcome is BuildOutcome.Completed, $"{outcome} {log}");
        return log;

        void Place(string from, string at) =>
            workspace.Place(_tree, _stored, from.Length == 0 ? RelativePath.Root : RelativePath.Parse(from), RelativePath.Parse(at),
                sandboxed);
    }

    [SandboxFact]
    public async Task They_read_like_copies()
    {
        const string look =
            "find in -printf '%p %y %m %T@ %l ' \\( -type f -printf '%s' -o -true \\) -printf '\\n' | LC_ALL=C sort; find in -type f -exec "
            + "sha256sum {} + | LC_ALL=C sort; "
            + "tar --sort=name --owner=0 --group=0 -cf - in | tar -tvf - | sed 's/ 0\\/0 / /'; find in -xdev | wc -l; df in in/whole "
                + "in/some/zeros | tail -n +2 | cut -d' ' -f1 | uniq | wc -l";
        Assert.Equal(await Prints(new(new(_temp["cache"])), sandboxed: false, look), await Prints(_sandboxed, sandboxed: true, look));
    }

    [SandboxTheory]
    [InlineData("echo x > in/whole/zeros", "Read-only file system")]
    [InlineData("echo x > in/some/zeros", "Read-only file system")]
    [InlineData("echo x > in/whole/new", "Read-only file system")]
    [InlineData("echo x > in/new", "Read-only file system")]
    [InlineData("echo x > in/whole/folder/new", "Read-only file system")]
    [InlineData("chmod u+w in/whole/zeros", "Read-only file system")]
    [InlineData("chmod u+w in/whole", "Read-only file system")]
    [InlineData("chmod u+w in", "Read-only file system")]
    [InlineData("touch in/whole/zeros", "Permission denied")]
    [InlineData("rm -f in/whole/zeros", "Read-only file system")]
    [InlineData("mv in/whole/zeros in/whole/other", "Read-only file system")]
    [InlineData("mv in out/in", "Permission denied")]
    [InlineData("ln in/whole/zeros out/zeros", "Invalid cross-device link")]
    [InlineData("ln -s ../in/whole/zeros out/z; echo x > out/z", "Read-only file system")]
    [InlineData("echo x > /proc/self/root/stage/in/whole/zeros", "Read-only file system")]
    [InlineData("exec 3< in/whole/zeros; echo x > /proc/self/fd/3", "Read-only file system")]
    [InlineData("setfattr -n user.x -v y in/whole/zeros", "Read-only file system")]
    public async Task They_cannot_be_written_to(string command, string answer)
    {
        if (command.StartsWith("setfattr", StringComparison.Ordinal) && !File.Exists("/usr/bin/setfattr"))
            return;
        var before = Sh.Run("find . -printf '%p %m %T@ %s %n\\n' | LC_ALL=C sort; sha256sum zeros", _stored);
        Assert.Contains(answer, await Prints(_sandboxed, sandboxed: true, $"({command}) 2>&1 && echo done || true"),
            StringComparison.Ordinal);
        Assert.Equal(before, Sh.Run("find . -printf '%p %m %T@ %s %n\\n' | LC_ALL=C sort; sha256sum zeros", _stored));
    }

    [SandboxFact]
    public async Task Another_user_namespace_does_not_open_them()
    {
        var log = await Prints(_sandboxed, sandboxed: true,
            "unshare -Urm sh -c 'id -u; mount -o remount,bind,rw in/whole; umount in/whole; umount -l in; mount --bind in/whole out && "
                + "mount -o remount,bind,rw out; echo x > out/zeros; chmod u+w in/whole/zeros; echo x > in/whole/zeros; ls in/whole' 2>&1 "
                + "|| true");
        Assert.DoesNotContain("wrote", log, StringComparison.Ordinal);
        Assert.Equal(new byte[300000], await File.ReadAllBytesAsync(Path.Combine(_stored, "zeros")));
        Assert.Equal("444\n", Sh.Run("stat -c %a zeros", _stored));
        // Where no such namespace can be had, there is nothing to be tried.
        Assert.True(log.Contains("Read-only file system", StringComparison.Ordinal)
            || log.Contains("unshare failed", StringComparison.Ordinal), log);
    }
}
