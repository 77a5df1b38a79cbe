using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>A folder that is held open while its contents are stored. Files are opened from here without following a link on the way, so
/// that a folder cannot be replaced by a link meanwhile.</summary>
sealed class OpenedFolder : IDisposable
{
    readonly string _path;
    readonly SafeFileHandle? _folder;

    OpenedFolder(string path, SafeFileHandle? folder) => (_path, _folder) = (path, folder);

    /// <summary>Opens a folder. Where it is none, or before Linux 5.6, files are opened by their whole paths.</summary>
    public static OpenedFolder At(string path) => new(path, Native.IsLinux ? Native.OpenFolder(path).Folder : null);

    /// <summary>As <see cref="Files.OpenForReading"/>.</summary>
    public SafeFileHandle? OpenForReading(RelativePath path)
    {
        if (_folder is null)
            return Files.OpenForReading(path.Under(_path));
        var (file, error) = Native.OpenBelow(_folder, path.ToString());
        return error switch
        {
            Native.NoSuchCall or Native.NotPermitted => Files.OpenForReading(path.Under(_path)),
            Native.NotFound or Native.NotFolder or Native.TooManyLinks or Native.OtherDevice => null,
            0 => Files.OnlyFile(file!),
            _ => throw Native.Problem(path.Under(_path), error),
        };
    }

    public void Dispose() => _folder?.Dispose();
}
