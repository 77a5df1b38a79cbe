namespace Lightnix.Planning;

/// <summary>A working tree whose programs are not built yet. It is enough to find every mistake of declaration, but no more.</summary>
/// <param name="directory">The project's folder, absolute.</param>
sealed class UnbuiltPrograms(IContents files, string directory) : IContents
{
    public FileContent? File(string path) => files.File(path);

    public ImportedContent? Import(string path, string project) => files.Import(path, project);

    public WrittenPath? Written(string path, string project) => files.Written(path, project);

    public PathFinding? Look(string path) => files.Look(path);

    public bool Exists(string path) => files.Exists(path);

    public ImmutableArray<string>? FilesIn(string path) => files.FilesIn(path);

    /// <summary>A stand-in for each program that has a project to build.</summary>
    public ProgramOutput? Program(ProgramProject program) =>
        ProgramDraft.IsProject(program.Project)
        && Exists(Path.GetFullPath(program.Project.Replace('\\', Path.DirectorySeparatorChar), directory))
        ? new(directory, RelativePath.Parse("unbuilt.dll"), Tree.Of([]))
        : null;
}
