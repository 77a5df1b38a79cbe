namespace Lightnix.Storage;

/// <summary>What a name in a folder can stand for.</summary>
enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A pipe with a name: opening it may wait for ever.</summary>
    Fifo,

    Socket,
    Device,
}
