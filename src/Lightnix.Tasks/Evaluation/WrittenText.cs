using Lightnix.Model;
using Lightnix.Planning;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>Compares what the author wrote with what MSBuild made of it.</summary>
static class WrittenText
{
    /// <summary>LNX1007 for each wildcard in a promise: MSBuild replaced it by the files that it found, or by nothing.</summary>
    public static IEnumerable<(Diagnostic, Place)> Wildcards(Project project) =>
        from glob in project.GetAllGlobs(nameof(ItemKind.Promise))
        select (WrittenErrors.WildcardInPromise(string.Join(';', glob.IncludeGlobs)), ProjectPlaces.At(glob.ItemElement));

    /// <summary>LNX1002 and LNX1008 for each wildcard where stages are named.</summary>
    public static IEnumerable<(Diagnostic, Place)> WildcardsForStages(Project project) =>
        from kind in new[] { ItemKind.Stage, ItemKind.Matcher }
        from glob in project.GetAllGlobs(kind.ToString())
        select (WrittenErrors.WildcardForStage(kind, string.Join(';', glob.IncludeGlobs)), ProjectPlaces.At(glob.ItemElement));

    /// <summary>The same in targets, as warnings, since a target may never run.</summary>
    public static IEnumerable<(Diagnostic, Place)> WildcardsInTargets(Project project, IReadOnlyCollection<string> files) =>
        from kind in new[] { ItemKind.Stage, ItemKind.Promise, ItemKind.Matcher }
        from item in ProjectPlaces.ElementsInTargets(project, files, kind)
        where FoundItems.IsWildcard(item.Include)
        let found = kind == ItemKind.Promise ? WrittenErrors.WildcardInPromise(item.Include) : WrittenErrors.WildcardForStage(kind, item.Include)
        select (found with { Severity = Severity.Warning }, ProjectPlaces.At(item));

    /// <summary>LNX1008 for each <c>Update</c> of a stage, promise or matcher that is not there, where one of nearly that name is.</summary>
    /// <param name="files">Those that authors wrote.</param>
    public static IEnumerable<(Diagnostic, Place)> LostUpdates(Project project, IReadOnlyCollection<string> files) =>
        from kind in new[] { ItemKind.Stage, ItemKind.Promise, ItemKind.Matcher }
        from item in ProjectPlaces.Elements(project, files, kind)
        where item.Update.Length > 0 && ProjectPlaces.IsUnconditional(item)
        from name in project.ExpandString(item.Update).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let names = project.GetItems(kind.ToString()).Select(i => i.EvaluatedInclude).ToList()
        where !FoundItems.IsWildcard(name) && !names.Contains(name, StringComparer.OrdinalIgnoreCase)
        let nearest = Spelling.Nearest(name, names)
        where nearest is not null
        select (WrittenErrors.LostUpdate(kind, name, nearest), ProjectPlaces.At(item));

    /// <summary>LNX1019 for each item that is nearly one of ours, where its metadata are ours and nothing that the project imports knows items of its name.</summary>
    /// <param name="files">Those that authors wrote.</param>
    public static IEnumerable<(Diagnostic, Place)> MisspelledItems(Project project, IReadOnlyCollection<string> files)
    {
        var imported = ProjectPlaces.Roots(project).ToList();
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
}
