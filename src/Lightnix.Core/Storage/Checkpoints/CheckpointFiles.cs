namespace Lightnix.Storage;

/// <summary>A checkpoint as it lies in the store between two tries, in a folder named by resolved derivation and replicate.</summary>
sealed record CheckpointFiles(string Folder)
{
    public static CheckpointFiles Of(StoreLayout layout, Reference<Resolved> resolved, int replicate) =>
        new(Path.Combine(layout.Checkpoints, string.Create(CultureInfo.InvariantCulture, $"{resolved}-{replicate}")));

    /// <summary>What the builder left. It is there only between two tries.</summary>
    public string Content => Path.Combine(Folder, "content");

    /// <summary>What the builder printed in all tries.</summary>
    public string Log => Path.Combine(Folder, "log");

    /// <summary>A <see cref="CheckpointState"/>. It appears last.</summary>
    public string State => Path.Combine(Folder, "state.json");

    /// <summary>The state; null where there is none, or where it cannot be read.</summary>
    public CheckpointState? Read() => Read(State);

    /// <summary>False where it is another user's.</summary>
    public bool IsOurs => !Directory.Exists(Folder) || Files.MayWrite(Folder);

    /// <summary>True where its state cannot be read: of a later version of Lightnix, or damaged. It is left as it is.</summary>
    public bool IsUnknown => Files.Facts(State) is not null && Read() is null;

    public bool HasContent => Files.Facts(Content)?.Kind == FileKind.Folder;

    /// <summary>When the last try ended.</summary>
    public DateTimeOffset End => FileFacts.TimeOf(Files.Facts(State));

    public static CheckpointState? Read(string file)
    {
        try
        {
            return Files.TryRead(file) is { } bytes ? RecordBytes.Parse<CheckpointState>(bytes) : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
