using Lightnix.Model;
using Lightnix.Planning;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>Compares what the author wrote with what MSBuild made of it.</summary>
static class WrittenText
{
    static readonly string[] CommandLines = [Names.Command, Names.Arguments];

    /// <summary>LNX1007 for each wildcard in a promise: MSBuild replaced it by the files that it found, or by nothing.</summary>
    public static IEnumerable<(Diagnostic, Place)> Wildcards(Project project) =>
        from glob in project.GetAllGlobs(nameof(ItemKind.Promise))
        select (DeclarationErrors.WildcardInPromise(string.Join(';', glob.IncludeGlobs)), ProjectPlaces.At(glob.ItemElement));

    /// <summary>LNX1011 for each <c>$(name)</c> in a command that stands for no property of the project.</summary>
    public static IEnumerable<(Diagnostic, Place)> LostReferences(Project project) =>
        (from stage in project.GetItems(nameof(ItemKind.Stage))
         from name in CommandLines
         let written = ProjectPlaces.Direct(stage, name)
         where written is not null
         from reference in PropertyReferences.In(written.UnevaluatedValue)
         where !written.EvaluatedValue.Contains(reference.Text, StringComparison.Ordinal)
         let property = reference.Name is { } known ? project.GetProperty(known) : null
         where property is null or { IsEnvironmentProperty: true }
         let element = written.Xml?.Parent as ProjectItemElement ?? stage.Xml
         select (DeclarationErrors.LostProperty(stage.EvaluatedInclude, name, reference.Text, property?.Name), ProjectPlaces.At(element)))
        .Distinct();
}
