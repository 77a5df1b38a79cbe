using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>What is in a folder, looked at without opening a file, and what of it no tree may hold.</summary>
/// <param name="Entries">Folders before what they hold.</param>
/// <param name="Refusals">Sentences, each with the offending path.</param>
sealed record FolderWalk(ImmutableArray<WalkedEntry> Entries, ImmutableArray<string> Refusals)
{
    /// <summary>Bytes of UTF-8 that a path in a tree may have: then there is room for it in the store and in a working folder, where Linux allows 4,096.</summary>
    public const int LongestPath = PathLimits.Longest;

    /// <param name="owned">True for a folder of Lightnix's own, which it may make readable; false for the working tree, which it never touches.</param>
    /// <param name="choose">Says what is taken of it; null: everything.</param>
    /// <exception cref="StoreException">LNX2007: it is no folder.</exception>
    public static FolderWalk Of(string folder, bool owned, Func<string, FileKind, WalkChoice>? choose = null, CancellationToken cancellationToken = default)
    {
        // The folder of an import may be a link of its author's. A builder has no business replacing its output folder by one.
        var facts = Files.Facts(folder, follow: !owned);
        if (facts?.Kind != FileKind.Folder)
            throw StoreException.Refused(folder, [facts is null ? "there is no such folder any more" : "it is not a folder any more"]);
        var walk = new Walker(owned, facts.Mode & FileFacts.SetGroup, choose, cancellationToken);
        walk.Visit(folder, RelativePath.Root, facts);
        walk.CheckLinks();
        return new([.. walk.Entries], [.. walk.Refusals]);
    }

    /// <param name="what">As the message begins, as <c>the output of 'model'</c>.</param>
    /// <exception cref="StoreException">LNX2007, naming every offending path.</exception>
    public FolderWalk OrRefuse(string what) => Refusals.IsEmpty ? this : throw StoreException.Refused(what, Refusals);

    /// <summary>A name that is no text, with its other bytes as <c>%</c> and two hexadecimal digits.</summary>
    public static string Printable(byte[] name)
    {
        var text = new StringBuilder();
        foreach (var b in name)
            _ = b is > (byte)' ' and < 0x7f and not (byte)'%' ? text.Append((char)b) : text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    sealed class Walker(bool owned, int inheritedSetGroup, Func<string, FileKind, WalkChoice>? choose, CancellationToken cancellationToken)
    {
        readonly Dictionary<RelativePath, string> _links = [];

        public List<WalkedEntry> Entries { get; } = [];

        public List<string> Refusals { get; } = [];

        // Whether anything of the folder is taken: what is left out may come and go.
        public bool Visit(string folder, RelativePath at, FileFacts facts)
        {
            const int needed = FileFacts.OwnerRead | FileFacts.OwnerExecute;
            if (owned && Native.IsLinux && (facts.Mode & needed) != needed)
                _ = Native.SetMode(folder, facts.Mode | needed | FileFacts.OwnerWrite);
            List<(string? Name, byte[] Bytes)>? names = null;
            Try(at, () => names = Files.AllNames(folder));
            var any = false;
            foreach (var (name, bytes) in names ?? [])
            {
                if (name is null)
                    Refuse(at.Append(Printable(bytes)), "has a name that is not UTF-8");
                else
                    Try(at.Append(name), () => any |= Add(Path.Combine(folder, name), at.Append(name)));
            }
            return any;
        }

        // False where nothing of it is taken.
        bool Add(string file, RelativePath at)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Null: gone since the folder was read.
            if (Files.Facts(file) is not { } facts)
                return false;
            var choice = choose?.Invoke(file, facts.Kind) ?? WalkChoice.Take;
            if (choice == WalkChoice.LeaveOut)
                return false;
            if (Encoding.UTF8.GetByteCount(at.ToString()) is > LongestPath and var length)
            {
                Refuse(at, string.Create(CultureInfo.InvariantCulture, $"is {length} bytes long as a path, and {LongestPath} is the most"));
                return true;
            }
            switch (facts.Kind)
            {
                case FileKind.File when (facts.Mode & (FileFacts.SetUser | FileFacts.SetGroup)) != 0:
                // Folders inherit set-group from their parent, which a team that shares a store may want.
                case FileKind.Folder when (facts.Mode & (FileFacts.SetUser | FileFacts.SetGroup) & ~inheritedSetGroup) != 0:
                    Refuse(at, "has a set-id bit");
                    break;
                case FileKind.File:
                    Entries.Add(new(at, file, facts));
                    break;
                case FileKind.Folder:
                    var index = Entries.Count;
                    Entries.Add(new(at, file, facts));
                    var holdsSome = Visit(file, at, facts);
                    Entries[index] = Entries[index] with { IsEmpty = !holdsSome && choice == WalkChoice.Take };
                    return holdsSome || choice == WalkChoice.Take;
                case FileKind.Link when Files.LinkTarget(file) is { } target:
                    Entries.Add(new(at, file, facts) { Target = target });
                    _links.Add(at, target);
                    break;
                case FileKind.Link:
                    Refuse(at, "is a link to a name that is not UTF-8");
                    break;
                default:
                    Refuse(at, facts.Kind switch { FileKind.Fifo => "is a FIFO", FileKind.Socket => "is a socket", _ => "is a device" });
                    break;
            }
            return true;
        }

        public void CheckLinks()
        {
            foreach (var (path, target) in _links)
            {
                if (target.StartsWith('/'))
                    Refuse(path, $"is an absolute link, to '{Visible.Short(target)}'");
                else if (!TreeLinks.StayInside(path, target, _links))
                    Refuse(path, $"is a link out of the tree, to '{Visible.Short(target)}'");
            }
        }

        void Try(RelativePath at, Action look)
        {
            try
            {
                look();
            }
            catch (IOException e)
            {
                Refuse(at, $"cannot be read ({e.Message})");
            }
        }

        void Refuse(RelativePath path, string reason) => Refusals.Add($"'{Visible.Short(path.ToString())}' {reason}");
    }
}

/// <summary>A file, folder or link that was found.</summary>
/// <param name="File">Where it is, absolute.</param>
sealed record WalkedEntry(RelativePath Path, string File, FileFacts Facts)
{
    /// <summary>Of a link.</summary>
    public string? Target { get; init; }

    /// <summary>Of a folder that holds nothing.</summary>
    public bool IsEmpty { get; init; }
}

/// <summary>What becomes of something in a folder.</summary>
enum WalkChoice
{
    /// <summary>It is taken.</summary>
    Take,

    /// <summary>Of a folder: what is in it is taken, and the folder only with that.</summary>
    TakeContents,

    /// <summary>It is left out, with all that is below it.</summary>
    LeaveOut,
}
