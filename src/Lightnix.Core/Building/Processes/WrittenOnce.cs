namespace Lightnix.Building;

/// <summary>Small files of Lightnix's own that many processes may need at once, and that anybody may delete.</summary>
static class WrittenOnce
{
    /// <summary>Writes a file unless it is there as it should be; others never see a part of it.</summary>
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
