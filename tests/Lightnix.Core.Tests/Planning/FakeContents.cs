using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>A working tree in memory. Paths are relative to the project's folder.</summary>
sealed class FakeContents : IContents
{
    readonly Dictionary<string, (string Text, bool Executable)> _files = new(StringComparer.Ordinal);
    readonly Dictionary<string, ProgramOutput> _programs = new(StringComparer.Ordinal);

    /// <summary>What most tests need: scripts, sources, an import, a program; each file holds its own path.</summary>
    public static FakeContents Usual => new FakeContents()
        .With("a.txt").With("b.txt").With("split.cs").With("train.py").With("run.sh", executable: true).With("plot.r").With("x.js")
            .With("y.ps1").With("run.pl")
        .With("src/one.py").With("src/two.py").With("in/a.txt").With("out/a.txt").With("Out.txt").With("obj/gen.py").With("bin/model/x.txt")
        .With("../shared/lib.py").With("../tools/x.py").With("data/digits.csv.gz").With("Trainer/Trainer.csproj").With("Lib/Lib.csproj")
            .With("Lib/Lib.cs").With("Lib/Lib.lnproj").With("x/x.dll")
        .WithProgram("Trainer/Trainer.csproj", "Trainer.dll");

    readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Every file that was asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    public FakeContents With(string path, string? text = null, bool executable = false)
    {
        _files[LnProj.Absolute(path)] = (text ?? path, executable);
        return this;
    }

    /// <summary>A path that is there and cannot be taken.</summary>
    public FakeContents WithRefused(string path)
    {
        _refused.Add(LnProj.Absolute(path));
        return this;
    }

    public FakeContents WithProgram(string declared, string entry)
    {
        var tree = Tree.Of([FileOf(entry, declared, false)]);
        _programs[declared] = new(LnProj.Absolute(declared + ".out"), RelativePath.Parse(entry), tree);
        return this;
    }

    public FileContent? File(string path)
    {
        Ask(path);
        return _files.TryGetValue(path, out var file) ? new(Digest.Of(Encoding.UTF8.GetBytes(file.Text)), file.Executable) : null;
    }

    public ImportedContent? Import(string path, string project)
    {
        Ask(path);
        if (_files.TryGetValue(path, out var file))
            return new(Tree.Of([FileOf(Path.GetFileName(path), file.Text, file.Executable)]));
        var folder = path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var below = _files.Where(f => f.Key.StartsWith(folder, StringComparison.Ordinal)).ToList();
        return below.Count == 0 ? null
            : new(Tree.Of(below.Select(f => FileOf(f.Key[folder.Length..].Replace('\\', '/'), f.Value.Text, f.Value.Executable))));
    }

    public ProgramOutput? Program(ProgramProject program) => _programs.GetValueOrDefault(program.Project);

    public WrittenPath? Written(string path, string project) =>
        _written.GetValueOrDefault(path) is { } why ? new(why, IsResult: false) : null;

    /// <summary>A file that a build wrote.</summary>
    public FakeContents WithWritten(string path, string why)
    {
        _written[LnProj.Absolute(path)] = why;
        return With(path);
    }

    public PathFinding? Look(string path) => FilesIn(path) is not null ? new("is a folder", IsFolder: true) : null;

    public bool Exists(string path) => _files.ContainsKey(path);

    public ImmutableArray<string>? FilesIn(string path)
    {
        var folder = path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var below = _files.Keys.Where(f => f.StartsWith(folder, StringComparison.Ordinal)).Select(f => f[folder.Length..]).ToList();
        return below.Count == 0 ? null
            : [.. below.Where(f => !f.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    void Ask(string path)
    {
        Asked.Add(path);
        if (_refused.Contains(path))
            throw new RefusedException($"'{Path.GetFileName(path)}' is refused");
    }

    sealed class RefusedException(string message) : ContentException("LNX2007", message);

    static TreeEntry.File FileOf(string path, string text, bool executable)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(RelativePath.Parse(path), Digest.Of(bytes), bytes.Length, executable);
    }
}
