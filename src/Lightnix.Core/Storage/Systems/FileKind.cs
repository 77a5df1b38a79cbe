namespace Lightnix.Storage;

/// <summary>What a name in a folder can stand for.</summary>
enum FileKind
{
    /// <summary>Ordinary bytes.</summary>
    File,
    /// <summary>A folder.</summary>
    Folder,
    /// <summary>A symbolic link.</summary>
    Link,
    /// <summary>A pipe with a name: opening it may wait for ever.</summary>
    Fifo,
    /// <summary>A socket with a name.</summary>
    Socket,
    /// <summary>A character or block device.</summary>
    Device,
}
