namespace Lightnix.Planning;

/// <summary>What the names of stages in a switch of a whole build may mean, seen from one of its projects.</summary>
/// <param name="Project">What <c>data:model</c> calls this project: its file name without the extension.</param>
/// <param name="IsPart">True where other projects of the build may know a name: in a solution, in a graph, and below a project that
/// references this one.</param>
/// <param name="References">The projects below this one that may have stages.</param>
/// <param name="ReferencedStages">Their stages; stages of projects further down are unknown here.</param>
public sealed record StageScope(string Project, bool IsPart, ImmutableArray<ReferencedProject> References,
    ImmutableArray<ReferencedStage> ReferencedStages)
{
    /// <summary>True where a project below may reference others, as C# projects do. Stages of a program's projects have no names.</summary>
    public bool HasMore { get; init; }

    /// <summary>True where no other project could know a name.</summary>
    public bool IsAlone => !IsPart && References.IsEmpty && !HasMore;

    public static StageScope Of(DeclaredProject project, bool isPart) =>
        new(project.Name, isPart, project.References, project.ReferencedStages) { HasMore = project.HasMoreReferences };

    /// <summary>The name of a referenced project in every project of a build, whatever its reference says.</summary>
    public static string NameOf(ReferencedProject reference) => Path.GetFileNameWithoutExtension(reference.File);
}
