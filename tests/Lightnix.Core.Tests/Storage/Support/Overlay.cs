namespace Lightnix.Storage;

/// <summary>
/// An overlay file system: what is there already is in its lower layer, as in a container whose image has it. Its upper layer is in memory.
/// </summary>
sealed class Overlay : IDisposable
{
    readonly string _upper = Directory.CreateTempSubdirectory("lightnix-upper-").FullName;
    readonly string _merged;

    /// <param name="merged">May be the lower folder itself, which then shows the overlay.</param>
    public Overlay(string lower, string merged)
    {
        _merged = merged;
        Directory.CreateDirectory(merged);
        Sh.Run($"mount -t tmpfs none '{_upper}'; mkdir '{_upper}/u' '{_upper}/w'", "/");
        try
        {
            Sh.Run($"mount -t overlay overlay -o 'lowerdir={lower},upperdir={_upper}/u,workdir={_upper}/w' '{merged}'", "/");
        }
        catch (InvalidOperationException)
        {
            Clear();
            throw;
        }
    }

    /// <summary>Why there are none here; null where there are.</summary>
    public static string? Missing { get; } = Try();

    public void Dispose()
    {
        Sh.Run($"umount '{_merged}'", "/");
        Clear();
    }

    void Clear()
    {
        Sh.Run($"umount '{_upper}'", "/");
        Directory.Delete(_upper);
    }

    static string? Try()
    {
        if (!OperatingSystem.IsLinux())
            return "Linux only";
        using var temp = new TempFolder();
        try
        {
            using var overlay = new Overlay(temp.Make("lower", "mkdir a"), temp["merged"]);
            return Native.Rename(temp["merged/a"], temp["merged/b"]) == 0
                ? "this overlay file system renames folders of its lower layer"
                : null;
        }
        catch (InvalidOperationException e)
        {
            return $"no overlay file system can be mounted here (root is needed): {e.Message.ReplaceLineEndings(" ")}";
        }
    }
}
