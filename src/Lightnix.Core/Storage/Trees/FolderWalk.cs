namespace Lightnix.Storage;

/// <summary>What is in a folder, found without opening a file, and what of it no tree may hold.</summary>
/// <param name="Entries">Folders before what they hold.</param>
/// <param name="Refusals">Sentences, each with the offending path.</param>
sealed record FolderWalk(ImmutableArray<WalkedEntry> Entries, ImmutableArray<string> Refusals)
{
    /// <param name="owned">True for a folder of Lightnix's own, which may be made readable; false for the working tree, which stays as it
    /// is.</param>
    /// <param name="choose">Says what is taken of the folder; null: everything.</param>
    public static FolderWalk Of(
        string folder,
        bool owned,
        Func<string, FileKind, WalkChoice>? choose = null,
        CancellationToken cancellationToken = default)
    {
        // The author of an import may use a link to a folder. A builder may not replace its output folder by a link.
        var facts = Files.Facts(folder, follow: !owned);
        if (facts?.Kind != FileKind.Folder)
            return new([], [facts is null ? "there is no such folder any more" : "it is not a folder any more"]);
        var walk = new Walker(owned, facts.Mode & FileFacts.SetGroup, choose, cancellationToken);
        walk.Visit(folder, RelativePath.Root, facts);
        walk.CheckLinks();
        return new([.. walk.Entries], [.. walk.Refusals]);
    }

    /// <param name="what">As the message begins, as <c>the output of 'model'</c>.</param>
    /// <exception cref="StoreException">LNX2007: the message names every offending path.</exception>
    public FolderWalk OrRefuse(string what) => Refusals.IsEmpty ? this : throw StorageErrors.Refused(what, Refusals);

    /// <summary>A name that is not UTF-8, with its other bytes as <c>%</c> and two hexadecimal digits.</summary>
    public static string Printable(byte[] name)
    {
        var text = new StringBuilder();
        foreach (var b in name)
        {
            if (b is > (byte)' ' and < 0x7f and not (byte)'%')
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
        return text.ToString();
    }

    sealed class Walker(bool owned, int inheritedSetGroup, Func<string, FileKind, WalkChoice>? choose, CancellationToken cancellationToken)
    {
        readonly Dictionary<RelativePath, string> _links = [];

        public List<WalkedEntry> Entries { get; } = [];
        public List<string> Refusals { get; } = [];

        // True when something of the folder is taken. What is left out may come and go, and must not change the result.
        public bool Visit(string folder, RelativePath at, FileFacts facts)
        {
            const int needed = FileFacts.OwnerRead | FileFacts.OwnerExecute;
            if (owned && (facts.Mode & needed) != needed)
                FileModes.Add(folder, facts, needed | FileFacts.OwnerWrite);
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

        // False where nothing is taken.
        bool Add(string file, RelativePath at)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Null: deleted since the folder was read.
            if (Files.Facts(file) is not { } facts)
                return false;
            var choice = choose?.Invoke(file, facts.Kind) ?? WalkChoice.Take;
            if (choice == WalkChoice.LeaveOut)
                return false;
            if (Problem(at, facts) is { } problem)
            {
                Refuse(at, problem);
                return true;
            }
            return facts.Kind switch
            {
                FileKind.Folder => AddFolder(file, at, facts, choice),
                FileKind.Link => AddLink(file, at, facts),
                _ => AddFile(file, at, facts),
            };
        }

        string? Problem(RelativePath at, FileFacts facts)
        {
            if (Encoding.UTF8.GetByteCount(at.ToString()) is > PathLimits.Longest and var length)
                return string.Create(CultureInfo.InvariantCulture,
                    $"is {length} bytes long as a path, and {PathLimits.Longest} is the most");
            const int setId = FileFacts.SetUser | FileFacts.SetGroup;
            return facts.Kind switch
            {
                FileKind.File => (facts.Mode & setId) != 0 ? "has a set-id bit" : null,
                // Folders inherit set-group from their parent, which a team that shares a store may want.
                FileKind.Folder => (facts.Mode & setId & ~inheritedSetGroup) != 0 ? "has a set-id bit" : null,
                FileKind.Link => null,
                FileKind.Fifo => "is a FIFO",
                FileKind.Socket => "is a socket",
                _ => "is a device",
            };
        }

        bool AddFile(string file, RelativePath at, FileFacts facts)
        {
            Entries.Add(new(at, file, facts));
            return true;
        }

        bool AddFolder(string file, RelativePath at, FileFacts facts, WalkChoice choice)
        {
            var index = Entries.Count;
            Entries.Add(new(at, file, facts));
            var holdsSome = Visit(file, at, facts);
            Entries[index] = Entries[index] with { IsEmpty = !holdsSome && choice == WalkChoice.Take };
            return holdsSome || choice == WalkChoice.Take;
        }

        bool AddLink(string file, RelativePath at, FileFacts facts)
        {
            if (Files.LinkTarget(file) is not { } target)
            {
                Refuse(at, "is a link to a name that is not UTF-8");
                return true;
            }
            Entries.Add(new(at, file, facts) { Target = target });
            _links.Add(at, target);
            return true;
        }

        public void CheckLinks()
        {
            foreach (var (path, target) in _links)
            {
                if (target.StartsWith('/'))
                    Refuse(path, $"is an absolute link, to '{Visible.Short(target)}'");
                else if (LinkFollower.Follow(path, _links.GetValueOrDefault).Escapes)
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
