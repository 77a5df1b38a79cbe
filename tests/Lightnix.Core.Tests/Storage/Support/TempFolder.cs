namespace Lightnix.Storage;

/// <summary>A folder of one test, deleted whatever the modes in it are.</summary>
sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        Folder = Path.Combine(Path.GetTempPath(), "lightnix-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Folder);
        // An ordinary user's process works in it, too.
        Sh.Run("chmod 777 .", Folder);
    }

    public string Folder { get; }

    public string this[string path] => Path.Combine(Folder, path);

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this[path];
    }

    /// <summary>A folder that a shell script has filled.</summary>
    public string Make(string path, string script)
    {
        Directory.CreateDirectory(this[path]);
        Sh.Run(script, this[path]);
        return this[path];
    }

    public void Dispose() => Native.DeleteAll(Folder);
}
