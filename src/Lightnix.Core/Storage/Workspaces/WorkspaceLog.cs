namespace Lightnix.Storage;

/// <summary>The log of a run: what its builder prints, and notes of Lightnix between tries.</summary>
sealed class WorkspaceLog(Disk disk, string file)
{
    /// <summary>The log of a workspace's folder. It is beside that and not in it: what is printed may be read by all who may read the
    /// store, as when it is stored; what a builder makes may not.</summary>
    /// <param name="root">As <c>work/&lt;session&gt;-&lt;number&gt;</c>.</param>
    public static string FileOf(string root)
    {
        var name = Path.GetFileName(root);
        const int id = SessionNames.IdLength;
        return Path.Combine(Path.GetDirectoryName(root)!, name[..id], "log" + name[id..]);
    }

    // Where the last try begins.
    long _start;

    // In a workspace that outlives its session.
    static string KeptIn(string root) => Path.Combine(root, "log");

    /// <summary>Where the log of a workspace is, also of one whose session has ended.</summary>
    public static string Find(string root) => Files.Facts(KeptIn(root)) is null ? FileOf(root) : KeptIn(root);

    public string File => file;

    /// <summary>Makes the log a file again. The builder may have put a link, a pipe or another name of a foreign file in its place, and
    /// nothing is read or written through that.</summary>
    public void Reclaim()
    {
        if (Files.Facts(file) is null or { Kind: FileKind.File, Links: 1 })
            return;
        disk.DeleteAll(file);
        System.IO.File.WriteAllText(file, "lightnix: the builder put something else in the place of its log, so what it printed is lost\n");
    }

    /// <summary>Begins the log of another try.</summary>
    public void Begin(string note) => _start = Note(note);

    /// <summary>Adds a line, where that can be written.</summary>
    public void TryNote(string text)
    {
        try
        {
            Note(text);
        }
        catch (IOException)
        {
            // What it is about is also reported elsewhere.
        }
    }

    /// <summary>Adds text, where that can be written.</summary>
    public void TryAdd(string text)
    {
        try
        {
            System.IO.File.AppendAllText(file, text);
        }
        catch (IOException)
        {
            // The disk is full again. The message has the last lines.
        }
    }

    /// <summary>Deletes it, with what the sandbox wrote beside it.</summary>
    public void Delete()
    {
        disk.DeleteAll(file);
        disk.DeleteAll(file + ".sandbox");
    }

    /// <summary>Moves it into its workspace, which outlives the session.</summary>
    public void MoveInto(string root)
    {
        try
        {
            System.IO.File.Move(file, KeptIn(root));
        }
        catch (IOException)
        {
            // Nothing was printed.
        }
    }

    /// <summary>The last lines of the last try.</summary>
    public string Tail(int lines)
    {
        const int enough = 64 * 1024;
        using var log = Files.OpenForReading(file);
        if (log is null)
            return "";
        var length = RandomAccess.GetLength(log);
        var bytes = new byte[Math.Clamp(length - _start, 0, enough)];
        var read = RandomAccess.Read(log, bytes, length - bytes.Length);
        return LogTail.Of(Encoding.UTF8.GetString(bytes, 0, read), lines);
    }

    // The length of the log after the note.
    long Note(string note)
    {
        using var log = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var isComplete = log.Length == 0 || (log.Seek(-1, SeekOrigin.End) >= 0 && log.ReadByte() == '\n');
        log.Seek(0, SeekOrigin.End);
        log.Write(Encoding.UTF8.GetBytes((isComplete ? "" : "\n") + note + "\n"));
        return log.Length;
    }
}
