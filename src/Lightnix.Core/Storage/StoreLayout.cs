namespace Lightnix.Storage;

/// <summary>Where everything is in a store's folder. docs/store-format.md draws it.</summary>
sealed record StoreLayout(string Folder)
{
    /// <summary>What the file <c>format</c> holds.</summary>
    public const string Format = "lightnix-store/1\n";

    public const string RealizationPrefix = "realization.", RunPrefix = "run.", FailurePrefix = "failure.", RejectionPrefix = "rejection.";
    // Of runs that did not take place, and of those that do not count any more. An old version of Lightnix passes both over.
    public const string AdoptionPrefix = "adoption.", WithdrawalPrefix = "withdrawal.";

    // Of remarks about runs. An old version of Lightnix passes these over, too.
    public const string NotePrefix = "note.";

    public const string RecordSuffix = ".json";

    // In bytes: file systems take 255, and a number may be added.
    const int LongestLost = 240;

    // Runes of up to four bytes.
    const int LostBeginning = 40;

    /// <summary>True of the folder of a store of any version.</summary>
    public static bool IsStore(string folder)
    {
        var file = Path.Combine(folder, "format");
        return Files.Facts(file) is { Kind: FileKind.File, Size: < 100 }
            && Files.TryRead(file) is { } format && format.AsSpan().StartsWith("lightnix-store/"u8);
    }

    /// <summary>The commands that messages advise.</summary>
    public ToolCommands Tool { get; init; } = new(Folder);

    public string FormatFile { get; } = Path.Combine(Folder, "format");
    public string Derivations { get; } = Path.Combine(Folder, "derivations");
    public string ResolvedFolders { get; } = Path.Combine(Folder, "resolved");
    public string Listings { get; } = Path.Combine(Folder, "listings");
    public string Trees { get; } = Path.Combine(Folder, "trees");
    public string Contents { get; } = Path.Combine(Folder, "files");
    public string Logs { get; } = Path.Combine(Folder, "logs");
    public string Roots { get; } = Path.Combine(Folder, "roots");
    public string Pins { get; } = Path.Combine(Folder, "pins");

    /// <summary>What builds of projects did. Made when it is first needed.</summary>
    public string Builds { get; } = Path.Combine(Folder, "builds");

    /// <summary>Made when it is first needed.</summary>
    public string Checkpoints { get; } = Path.Combine(Folder, "checkpoints");

    /// <summary>What a repair moved out of the store, and marks for what it gave up.</summary>
    public string Lost { get; } = Path.Combine(Folder, "lost");

    public string Locks { get; } = Path.Combine(Folder, "locks");
    public string Sessions { get; } = Path.Combine(Folder, "locks", "sessions");

    /// <summary>Files that take room for garbage collection, see <see cref="Storage.Reserve"/>.</summary>
    public string Reserve { get; } = Path.Combine(Folder, "cache", "reserve");

    public string Work { get; } = Path.Combine(Folder, "work");
    public string Cache { get; } = Path.Combine(Folder, "cache");

    /// <summary>What builders make once and use again.</summary>
    public string BuilderCache { get; } = Path.Combine(Folder, "cache", "builders");

    /// <summary>Compiled scripts, by the digest of what they were compiled from.</summary>
    public string Scripts { get; } = Path.Combine(Folder, "cache", "builders", "scripts");

    /// <summary>Every folder that a new store has.</summary>
    public IEnumerable<string> All =>
        [Derivations, ResolvedFolders, Listings, Trees, Contents, Logs, Roots, Pins, Lost, Locks, Sessions, Work, Cache];

    /// <summary>Every folder that a store may have.</summary>
    public IEnumerable<string> Known => [.. All, Builds, Checkpoints];

    public string Of(Reference<Derivation> derivation) => Path.Combine(Derivations, derivation + RecordSuffix);

    public string FolderOf(Reference<Resolved> resolved) => Path.Combine(ResolvedFolders, resolved.ToString());

    public string Of(Reference<Resolved> resolved) => Path.Combine(FolderOf(resolved), "resolved" + RecordSuffix);

    public string Of(Reference<Resolved> resolved, string prefix, Digest record) =>
        Path.Combine(FolderOf(resolved), prefix + record + RecordSuffix);

    /// <summary>What the name of a run's record begins with.</summary>
    public static string PrefixOf(Run run) => run.Adopted is null ? RunPrefix : AdoptionPrefix;

    /// <summary>True of the name of a run's record.</summary>
    public static bool IsRun(string name) =>
        name.StartsWith(RunPrefix, StringComparison.Ordinal) || name.StartsWith(AdoptionPrefix, StringComparison.Ordinal);

    public string ListingOf(Reference<Tree> tree) => Path.Combine(Listings, tree.ToString());

    public string FolderOf(Reference<Tree> tree) => Path.Combine(Trees, tree.ToString());

    /// <summary>One inode for a content, another for the same content as an executable.</summary>
    public string ContentOf(Digest content, bool executable) =>
        Path.Combine(Contents, content.ToString()[..2], NameOf(content, executable));

    /// <summary>The name of a content in <c>files/</c>.</summary>
    public static string NameOf(Digest content, bool executable) => content + (executable ? ".x" : "");

    public string Of(Reference<Log> log) => Path.Combine(Logs, log.ToString()[..2], log.ToString());

    public string RootOf(string project) => Path.Combine(Roots, Digest.Of(Encoding.UTF8.GetBytes(project)) + RecordSuffix);

    /// <summary>The folder of a project's builds, named as its root.</summary>
    public string BuildsOf(string project) => Path.Combine(Builds, Digest.Of(Encoding.UTF8.GetBytes(project)).ToString());

    /// <summary>The root of the project whose builds are in a folder.</summary>
    public string RootOfBuilds(string folder) => Path.Combine(Roots, Path.GetFileName(folder) + RecordSuffix);

    public string Of(Reference<Pin> pin) => Path.Combine(Pins, pin + RecordSuffix);

    /// <summary>Held by the process that collects garbage, verifies or repairs.</summary>
    public string CareLock => LockOf("care of the store");

    /// <summary>Held for moments: by a session that notes what it relies on, and by garbage collection while it removes names.</summary>
    public string Gate => LockOf("gate of the store");

    /// <summary>Where a repair puts what was at a path. A long path is cut, and its digest distinguishes it from others.</summary>
    public string LostOf(string path)
    {
        var name = Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '_');
        if (Encoding.UTF8.GetByteCount(name) <= LongestLost)
            return Path.Combine(Lost, name);
        return Path.Combine(Lost, $"{string.Concat(name.EnumerateRunes().Take(LostBeginning))}_{Digest.Of(Encoding.UTF8.GetBytes(name))}");
    }

    public string VerdictOf(Reference<Tree> tree, Digest promise) =>
        Path.Combine(Cache, "verdicts", tree.ToString()[..2], $"{tree}-{promise}.json");

    /// <summary>The file of a lock: any name gives a digest, which any file system takes.</summary>
    public string LockOf(string name) => Path.Combine(Locks, Digest.Of(Encoding.UTF8.GetBytes(name)).ToString());

    /// <summary>The path below the store's folder, with <c>/</c>.</summary>
    public string Relative(string path) => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The digest between a prefix and a suffix of a name; null where there is none in its canonical form.</summary>
    public static Digest? DigestIn(string name, string prefix, string suffix)
    {
        if (name.Length <= prefix.Length + suffix.Length
            || !name.StartsWith(prefix, StringComparison.Ordinal) || !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            return null;
        }
        var text = name[prefix.Length..^suffix.Length];
        return Digest.TryParse(text, out var digest) && digest.ToString() == text ? digest : null;
    }
}
