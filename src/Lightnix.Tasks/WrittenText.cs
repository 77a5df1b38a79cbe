using Lightnix.Model;
using Lightnix.Planning;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>Compares what the author wrote with what MSBuild made of it.</summary>
static class WrittenText
{
    public static readonly string[] CommandLines = [Names.Command, Names.Arguments];

    /// <summary>LNX1007 for each wildcard in a promise: MSBuild replaced it by the files that it found, or by nothing.</summary>
    public static IEnumerable<(Diagnostic, Place)> Wildcards(Project project) =>
        from glob in project.GetAllGlobs(nameof(ItemKind.Promise))
        select (WrittenErrors.WildcardInPromise(string.Join(';', glob.IncludeGlobs)), ProjectPlaces.At(glob.ItemElement));

    /// <summary>LNX1011 for each <c>$(name)</c> in a command that stands for no property of the project.</summary>
    public static IEnumerable<(Diagnostic, Place)> LostReferences(Project project) =>
        (from command in Commands(project)
         from reference in PropertyReferences.In(command.Text.UnevaluatedValue)
         where !command.Text.EvaluatedValue.Contains(reference.Text, StringComparison.Ordinal)
         let property = reference.Name is { } known ? project.GetProperty(known) : null
         where property is null or { IsEnvironmentProperty: true }
         select (WrittenErrors.LostProperty(command.Stage, command.Text.Name, reference.Text, property?.Name), command.Place))
        .Distinct();

    /// <summary>LNX1011 for each <c>@(name)</c> in a command that stands for no items, or for fewer than there are: MSBuild knows those above the stage.</summary>
    public static IEnumerable<(Diagnostic, Place)> LostItems(Project project) =>
        (from command in Commands(project)
         from reference in ItemReferences.In(command.Text.UnevaluatedValue)
         where !command.Text.EvaluatedValue.Contains(reference.Text, StringComparison.Ordinal)
         let all = project.ExpandString(reference.Text)
         where all.Length == 0 || !command.Text.EvaluatedValue.Contains(all, StringComparison.Ordinal)
         select (WrittenErrors.LostItems(command.Stage, command.Text.Name, reference.Text, reference.Name, isDeclared: all.Length > 0), command.Place))
        .Distinct();

    /// <summary>LNX1019 for each item that is nearly one of ours, where its metadata are ours and nothing that the project imports knows items of its name.</summary>
    /// <param name="files">Those that authors wrote.</param>
    public static IEnumerable<(Diagnostic, Place)> MisspelledItems(Project project, IReadOnlyCollection<string> files)
    {
        var imported = project.Imports.Select(i => i.ImportedProject).Prepend(project.Xml).DistinctBy(root => root.FullPath).ToList();
        var known = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        return from root in imported
               where files.Contains(root.FullPath)
               from item in root.AllChildren.OfType<ProjectItemElement>()
               let meant = Planning.MisspelledItems.Meant(item.ItemType)
               where meant is not null && Planning.MisspelledItems.Fits(meant.Value, [.. item.Metadata.Select(m => m.Name)]) && !IsKnown(item.ItemType)
               select (WrittenErrors.MisspelledItem(item.ItemType, meant.Value), ProjectPlaces.At(item));

        // Once for each name: it takes reading all that is imported.
        bool IsKnown(string name) => known.TryGetValue(name, out var isKnown) ? isKnown : known[name] =
            project.ItemDefinitions.ContainsKey(name)
            || project.GetItems("AvailableItemName").Any(i => string.Equals(i.EvaluatedInclude, name, StringComparison.OrdinalIgnoreCase))
            || imported.Any(root => ItemReferences.AreIn(SuspiciousText.Read(root.FullPath), name));
    }

    static IEnumerable<(string Stage, ProjectMetadata Text, Place Place)> Commands(Project project) =>
        from stage in project.GetItems(nameof(ItemKind.Stage))
        from name in CommandLines
        let written = ProjectPlaces.Direct(stage, name)
        where written is not null
        select (stage.EvaluatedInclude, written, ProjectPlaces.At(written.Xml?.Parent as ProjectItemElement ?? stage.Xml));
}
