using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>What names of stages may mean that are said to a whole build, seen from one of its projects.</summary>
/// <param name="Project">What <c>data:model</c> calls this project: its file name without the extension.</param>
/// <param name="IsPart">True where other projects are built that may know a name: in a solution, in a graph, and below a project that references this one.</param>
/// <param name="References">The projects below this one that may have stages.</param>
/// <param name="ReferencedStages">Their stages; those of projects further down are not known here.</param>
public sealed record StageScope(string Project, bool IsPart, ImmutableArray<ReferencedProject> References, ImmutableArray<ReferencedStage> ReferencedStages)
{
    /// <summary>True where a project below may have others below it, as C# projects may. Of what programs are made of, nobody can name stages.</summary>
    public bool HasMore { get; init; }

    /// <summary>True where nobody else could know a name.</summary>
    public bool IsAlone => !IsPart && References.IsEmpty && !HasMore;

    public static StageScope Of(DeclaredProject project, bool isPart) => new(project.Name, isPart, project.References, project.ReferencedStages) { HasMore = project.HasMoreReferences };

    /// <summary>What a referenced project is called in every project of a build, whatever its reference says.</summary>
    public static string NameOf(ReferencedProject reference) => Path.GetFileNameWithoutExtension(reference.File);
}
