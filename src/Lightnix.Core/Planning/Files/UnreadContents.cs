namespace Lightnix.Planning;

/// <summary>A working tree that is not read, with a stand-in for every file and program. It is enough for stages and promises, but not for
/// derivations.</summary>
sealed class UnreadContents : IContents
{
    static readonly FileContent Unread = new(Digest.Of(""u8), Executable: false);
    static readonly Tree Empty = Tree.Of([]);

    public FileContent? File(string path) => Unread;

    public ImportedContent? Import(string path, string project) => new(Empty);

    public ProgramOutput? Program(ProgramProject program) => new("", RelativePath.Parse("unread.dll"), Empty);

    public WrittenPath? Written(string path, string project) => null;

    public PathFinding? Look(string path) => null;

    public bool Exists(string path) => true;

    public ImmutableArray<string>? FilesIn(string path) => null;
}
