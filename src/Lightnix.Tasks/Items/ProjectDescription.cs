using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>The SDK's description of a project: one item with a metadatum for each of these properties. The target
/// <c>_LightnixDescribeProject</c> makes the item, and every task gets it.</summary>
sealed class ProjectDescription(ITaskItem item)
{
    /// <summary>The project, absolute.</summary>
    public string ProjectFile => Text(nameof(ProjectFile));

    /// <summary>The project's folder, absolute.</summary>
    public string Directory => Path.GetDirectoryName(ProjectFile) ?? ProjectFile;

    public string Name => Path.GetFileNameWithoutExtension(ProjectFile);

    /// <summary>Where derivations, realizations, runs and trees live.</summary>
    public string Store => Text(nameof(Store));

    /// <summary>The folder of links into the store.</summary>
    public string LinkDirectory => Text(nameof(LinkDirectory));

    /// <summary>The folder for files that can be made again.</summary>
    public string IntermediateDirectory => Text(nameof(IntermediateDirectory));

    /// <summary>Folders, separated by semicolons, whose files are never sources, beside the store.</summary>
    public string NeverSources => Text(nameof(NeverSources));

    /// <summary>The <c>dotnet</c> that runs programs and C# scripts; empty: the one on the path.</summary>
    public string DotnetHost => Text(nameof(DotnetHost));

    /// <summary>The number of referenced projects that are no programs.</summary>
    public string ReferenceCount => Text(nameof(ReferenceCount));

    /// <summary>Names or globs of stages, separated by blanks or semicolons; empty: all.</summary>
    public string Requested => Text(nameof(Requested));

    /// <summary>Names or globs of intermediate stages whose files another project of the build needs.</summary>
    public string Needed => Text(nameof(Needed));

    /// <summary><c>true</c> where another project may have a name unknown here: in a solution, in a graph, and as a reference.</summary>
    public string IsPart => Text(nameof(IsPart));

    /// <summary>The most runs and cores at once; empty: as many as MSBuild grants.</summary>
    public string MaxParallel => Text(nameof(MaxParallel));

    /// <summary><c>true</c>: the working folder of a failed builder is kept.</summary>
    public string KeepWorkspace => Text(nameof(KeepWorkspace));

    /// <summary><c>All</c>, <c>Text</c> or <c>None</c>: which sources of runs are kept.</summary>
    public string KeepSources => Text(nameof(KeepSources));

    /// <summary><c>Allow</c>, <c>Warn</c> or <c>Refuse</c>: what becomes of adopted results.</summary>
    public string Adopted => Text(nameof(Adopted));

    /// <summary>Why a difference does not matter, of an adoption.</summary>
    public string AdoptReason => Text(nameof(AdoptReason));

    /// <summary><c>true</c>: results are adopted although the content of an input changed.</summary>
    public string AdoptInputsToo => Text(nameof(AdoptInputsToo));

    /// <summary><c>true</c>: adoptions are written, and not only shown.</summary>
    public string AdoptWrites => Text(nameof(AdoptWrites));

    /// <summary>How many attempts are made of each stage that is to be repeated; empty: one.</summary>
    public string Repetitions => Text(nameof(Repetitions));

    /// <summary><c>true</c>: every byte of a chosen result is read before it is used.</summary>
    public string Verify => Text(nameof(Verify));

    /// <summary><c>Auto</c>, <c>Required</c> or <c>None</c>.</summary>
    public string Sandbox => Text(nameof(Sandbox));

    /// <summary>The lock file; empty: <c>lightnix.&lt;project&gt;.lock.json</c> where it exists, else <c>lightnix.lock.json</c>.</summary>
    public string LockFile => Text(nameof(LockFile));

    /// <summary><c>true</c>, <c>false</c>, or empty: a lock file is used where it exists.</summary>
    public string UseLockFile => Text(nameof(UseLockFile));

    /// <summary><c>true</c>: the results in the lock file are chosen, and nothing runs.</summary>
    public string LockedMode => Text(nameof(LockedMode));

    /// <summary>Names or globs of stages that are chosen again although the lock file pins them.</summary>
    public string Update => Text(nameof(Update));

    /// <summary>Only checked, as <see cref="GenerateClass"/>: the SDK's text uses both.</summary>
    public string ProjectCache => Text(nameof(ProjectCache));

    public string GenerateClass => Text(nameof(GenerateClass));

    public string Report => Text(nameof(Report));

    /// <summary>What a plan is of: <c>Build</c> (or empty) or <c>LightnixRun</c>.</summary>
    public string PlanTarget => Text(nameof(PlanTarget));

    /// <summary><c>1</c> where the terminal logger shows this build.</summary>
    public string TerminalLogger => Text(nameof(TerminalLogger));

    /// <summary>The page that has a section for each diagnostic.</summary>
    public string HelpPage => Text(nameof(HelpPage));

    /// <summary>A path of the project, absolute. MSBuild runs several projects in one process: the current directory is any.</summary>
    public string Absolute(string path) => Absolute(path, Directory);

    /// <summary>MSBuild turns the backslashes of its own defaults only where such a folder exists, so they are turned here.</summary>
    public static string Absolute(string path, string directory) =>
        Path.GetFullPath(Path.DirectorySeparatorChar == '\\' ? path : path.Replace('\\', '/'), directory);

    string Text(string name) => item.GetMetadata(name);
}
