using Lightnix.Planning;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>Compares what the author wrote with what MSBuild made of it.</summary>
/// <param name="files">The files that authors wrote.</param>
sealed class WrittenText(Project project, IReadOnlyCollection<string> files)
{
    static readonly ItemKind[] Named = [ItemKind.Stage, ItemKind.Promise, ItemKind.Matcher];

    /// <summary>LNX1007, LNX1002, LNX1008 for wildcards in promises, stages, matchers: MSBuild replaced them by files or nothing.</summary>
    public IEnumerable<Diagnostic> Wildcards() =>
        from kind in Named
        from glob in project.GetAllGlobs(kind.ToString())
        select Wildcard(kind, string.Join(';', glob.IncludeGlobs)) with { Place = ProjectPlaces.At(glob.ItemElement) };

    /// <summary>The same in targets, as warnings, since a target may never run.</summary>
    public IEnumerable<Diagnostic> WildcardsInTargets() =>
        from kind in Named
        from item in ProjectPlaces.ElementsInTargets(project, files, kind)
        where FoundItems.IsWildcard(item.Include)
        select Wildcard(kind, item.Include) with { Severity = Severity.Warning, Place = ProjectPlaces.At(item) };

    /// <summary>LNX1008 for each <c>Update</c> of an item that is not there, where one of nearly that name is.</summary>
    public IEnumerable<Diagnostic> LostUpdates() =>
        from kind in Named
        from item in ProjectPlaces.Elements(project, files, kind)
        where item.Update.Length > 0 && ProjectPlaces.IsUnconditional(item)
        from name in project.ExpandString(item.Update).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let names = project.GetItems(kind.ToString()).Select(i => i.EvaluatedInclude).ToList()
        where !FoundItems.IsWildcard(name) && !names.Contains(name, StringComparer.OrdinalIgnoreCase)
        let nearest = Spelling.Nearest(name, names)
        where nearest is not null
        select WrittenErrors.LostUpdate(kind, name, nearest) with { Place = ProjectPlaces.At(item) };

    /// <summary>LNX1019 for each item that is nearly one of Lightnix, where its metadata are Lightnix's and nothing that the project
    /// imports knows items of its name.</summary>
    public IEnumerable<Diagnostic> NearlyNamedItems()
    {
        var imported = ProjectPlaces.Roots(project).ToList();
        var known = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in imported.Where(r => files.Contains(r.FullPath)).SelectMany(r => r.AllChildren.OfType<ProjectItemElement>()))
        {
            if (MisspelledItems.Meant(item.ItemType) is { } meant
                && MisspelledItems.Fits(meant, [.. item.Metadata.Select(m => m.Name)])
                && !IsKnown(item.ItemType))
            {
                yield return WrittenErrors.MisspelledItem(item.ItemType, meant) with { Place = ProjectPlaces.At(item) };
            }
        }

        // The answer is kept for each name, because it takes reading all that is imported.
        bool IsKnown(string name)
        {
            if (!known.TryGetValue(name, out var isKnown))
            {
                isKnown = IsDefined(name) || imported.Any(root => ItemReferences.AreIn(SuspiciousText.Read(root.FullPath), name));
                known[name] = isKnown;
            }
            return isKnown;
        }
    }

    bool IsDefined(string name) =>
        project.ItemDefinitions.ContainsKey(name)
        || project.GetItems("AvailableItemName").Any(i => string.Equals(i.EvaluatedInclude, name, StringComparison.OrdinalIgnoreCase));

    static Diagnostic Wildcard(ItemKind kind, string include) => kind == ItemKind.Promise
        ? DeclarationErrors.WildcardInPromise(include)
        : WrittenErrors.WildcardForStage(kind, include);
}
