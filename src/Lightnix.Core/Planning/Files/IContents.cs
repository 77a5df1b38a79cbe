namespace Lightnix.Planning;

/// <summary>Reads the working tree for the planner, which does no IO of its own. Paths are absolute. A missing file is null; a file that
/// exists and cannot be taken is a <see cref="ContentException"/>.</summary>
public interface IContents
{
    /// <summary>A file's digest and executable bit.</summary>
    FileContent? File(string path);

    /// <summary>An import: a file (which keeps its name) or a folder's contents, as a tree.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="project">The project's folder, as for <see cref="Written"/>.</param>
    ImportedContent? Import(string path, string project);

    /// <summary>The normalised output of a program, which MSBuild has built: keyed by what the stage declares.</summary>
    ProgramOutput? Program(ProgramProject program);

    /// <summary>Why a path is no source: builds write it; null: it may be a source.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="project">The project's folder. The folders that it lies in say nothing about the path.</param>
    WrittenPath? Written(string path, string project);

    /// <summary>What is at a path that gave no file, or why nothing is; null: nothing is there, and there is no more to say.</summary>
    PathFinding? Look(string path);

    /// <summary>True when a declared program's project file is there at all.</summary>
    bool Exists(string path);

    /// <summary>The names of the files that lie in a folder, sorted; null where there is no such folder.</summary>
    ImmutableArray<string>? FilesIn(string path);
}

/// <summary>A file's bytes, by digest, and whether it may be executed.</summary>
public sealed record FileContent(Digest Digest, bool Executable);

/// <summary>A built program.</summary>
/// <param name="Folder">Where its output is, absolute.</param>
/// <param name="Entry">The file in it that <c>dotnet</c> runs.</param>
/// <param name="Output">The output as a tree.</param>
public sealed record ProgramOutput(string Folder, RelativePath Entry, Tree Output);
