namespace Lightnix.Building;

/// <summary>Small files of Lightnix that several processes use, and that may be deleted at any time.</summary>
static class SharedFile
{
    /// <summary>Writes a file unless it has this text. Other processes never see a part of it.</summary>
    public static void Write(string file, string text, bool executable)
    {
        if (File.Exists(file) && File.ReadAllText(file) == text)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Path.GetRandomFileName()}";
        File.WriteAllText(draft, text);
        SystemTraits.SetMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            | (executable ? UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0));
        File.Move(draft, file, overwrite: true);
    }
}
