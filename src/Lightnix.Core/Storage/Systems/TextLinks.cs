namespace Lightnix.Storage;

/// <summary>Small text files that say where a folder is: for people, where no link can be made.</summary>
sealed class TextLinks : ILinkMaker
{
    const string Header = "Lightnix could make no link here. The result is in the folder\n";

    // Whatever is larger is not read: a folder of links may hold other things too.
    const int Longest = 4096;

    public string? TryMake(string path, string folder)
    {
        try
        {
            File.WriteAllText(path, $"{Header}{folder}\n");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>The folder that such a file names; null where it is another file.</summary>
    public static string? Target(string path, FileFacts facts) =>
        facts is { Kind: FileKind.File, Size: > 0 and < Longest } && Files.TryRead(path) is { } bytes
            && Encoding.UTF8.GetString(bytes) is var text
        && text.StartsWith(Header, StringComparison.Ordinal) ? text[Header.Length..].TrimEnd('\r', '\n') : null;
}
