using Lightnix.Building;

namespace Lightnix.Storage;

/// <summary>Errors of a file system, and the cure that a message names for each of them.</summary>
public sealed class ErrorsOfADisk : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose()
    {
        _ = Sh.TryRun("umount", "/", [_temp["disk"]]);
        _temp.Dispose();
    }

    [LinuxTheory]
    [InlineData(1, "correct the permissions")] // EPERM
    [InlineData(13, "correct the permissions")] // EACCES
    [InlineData(30, "correct the permissions")] // EROFS
    [InlineData(28, "make room")] // ENOSPC: bytes and inodes
    [InlineData(122, "make room")] // EDQUOT
    [InlineData(5, null)] // EIO
    [InlineData(2, null)] // ENOENT
    public void Have_the_cure_of_their_number(int number, string? cure)
    {
        var error = new IOException("the system's words", number);

        Assert.Equal(cure, DiskProblem.Of(error));
        var after = cure is null ? "build again when that is put right" : $"{cure}, and build again";
        Assert.Equal($"it failed: the system's words; {after}", StorageErrors.Failed("it failed", error).Message);
    }

    [LinuxTheory]
    [InlineData(13, "set LightnixStore or LIGHTNIX_STORE to a folder that you may write to")]
    [InlineData(28, "make room, or set LightnixStore or LIGHTNIX_STORE to a folder on another disk")]
    [InlineData(5, "build again when that is put right, or set LightnixStore or LIGHTNIX_STORE to another folder")]
    public void Name_another_folder_only_where_it_helps(int number, string cure) =>
        Assert.Equal($"the store '/s' cannot be written: words; {cure}",
            StorageErrors.Inaccessible("/s", "written", new IOException("words.", number)).Message);

    // Needs the right to mount.
    [LinuxTheory]
    [InlineData("size=4m,nr_inodes=16", "i=0; while : > $i; do i=$((i+1)); done", "make room")]
    [InlineData("size=64k", "head -c 1000000 /dev/zero > full", "make room")]
    [InlineData("ro", ":", "correct the permissions")]
    public void Are_known_as_the_kernel_gives_them(string options, string fill, string cure)
    {
        Directory.CreateDirectory(_temp["disk"]);
        if (Sh.TryRun("mount", "/", ["-t", "tmpfs", "-o", options, "none", _temp["disk"]]).ExitCode != 0)
            return;
        _ = Sh.TryRun("sh", _temp["disk"], ["-c", fill]);

        var error = Assert.ThrowsAny<IOException>(() => File.WriteAllBytes(_temp["disk/new"], new byte[100_000]));

        Assert.Equal(cure, DiskProblem.Of(error));
    }
}
