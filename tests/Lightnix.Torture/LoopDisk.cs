using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lightnix.Torture;

/// <summary>A small ext4 in a file, whose power can be cut. Needs root and a free loop device.</summary>
sealed unsafe partial class LoopDisk : IDisposable
{
    const nuint Shutdown = 0x8004587D;
    const uint ThrowAwayWhatWasNotFlushed = 2;
    const int FolderOnly = 0x10000;

    readonly string _image;
    readonly string _options;
    bool _mounted;

    /// <param name="image">Holds an ext4 already; see <see cref="Format"/>.</param>
    /// <param name="mount">An empty folder.</param>
    /// <param name="options">As of <c>mount -o</c>.</param>
    public LoopDisk(string image, string mount, string options = "")
    {
        (_image, Folder, _options) = (image, mount, options);
        Directory.CreateDirectory(mount);
        Mount();
    }

    public string Folder { get; }

    /// <summary>Why there are none here; null where there are.</summary>
    public static string? Missing { get; } = Try();

    public static void Format(string image, int mebibytes) => World.Sh($"truncate -s {mebibytes}M '{image}'; mkfs.ext4 -q -F '{image}'");

    public void Mount()
    {
        World.Sh($"mount -o loop{(_options.Length == 0 ? "" : "," + _options)} '{_image}' '{Folder}'");
        _mounted = true;
    }

    /// <summary>Who still works in it is killed by the caller; the last moments of the dead are waited for.</summary>
    public void Unmount()
    {
        for (var left = 100; ; left--)
        {
            using var process = Process.Start(new ProcessStartInfo("umount", [Folder]) { RedirectStandardError = true })!;
            process.WaitForExit();
            if (process.ExitCode == 0)
                break;
            if (left == 0)
                throw new InvalidOperationException($"'{Folder}' cannot be unmounted: {process.StandardError.ReadToEnd()}");
            Thread.Sleep(100);
        }
        _mounted = false;
    }

    public void CutPower() => CutPower(Folder);

    /// <summary>From now on nothing reaches the disk, and what the journal has not flushed is thrown away. Only of a loop device.</summary>
    public static void CutPower(string mount)
    {
        if (!File.ReadAllLines("/proc/self/mounts")
            .Any(l => l.Split(' ') is [var device, var folder, ..] && folder == mount
            && device.StartsWith("/dev/loop", StringComparison.Ordinal)))
            throw new InvalidOperationException($"'{mount}' is no loop device");
        var folder = open(mount, FolderOnly);
        var flag = ThrowAwayWhatWasNotFlushed;
        var result = ioctl(folder, Shutdown, &flag);
        var error = Marshal.GetLastPInvokeError();
        _ = close(folder);
        if (result != 0)
            throw new InvalidOperationException($"the power of '{mount}' cannot be cut: errno {error}");
    }

    public void Dispose()
    {
        if (_mounted)
            Unmount();
    }

    static string? Try()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return "written for Linux on x64";
        var folder = Directory.CreateTempSubdirectory("lightnix-loop-").FullName;
        try
        {
            Format(Path.Combine(folder, "image"), 8);
            using var disk = new LoopDisk(Path.Combine(folder, "image"), Path.Combine(folder, "mount"));
            disk.CutPower();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no loop-mounted ext4 here: {e.Message.ReplaceLineEndings(" ")}";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, uint* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
