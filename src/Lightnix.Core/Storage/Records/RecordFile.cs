namespace Lightnix.Storage;

/// <summary>A file of the store that is a record.</summary>
static class RecordFile
{
    /// <summary>The record in a file whose name holds its digest; null where it is not that, or cannot be read.</summary>
    public static T? TryRead<T>(string file) where T : class, IRecord<T>
    {
        try
        {
            return Files.TryRead(file) is { } bytes
                && Path.GetFileName(file).Contains(Digest.Of(bytes).ToString(), StringComparison.Ordinal)
                ? RecordBytes.Parse<T>(bytes)
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            return null;
        }
    }
}
