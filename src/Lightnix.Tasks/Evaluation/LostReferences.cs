using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>References to properties, items and metadata in counted texts that MSBuild replaced by less than was meant: LNX1011.</summary>
/// <param name="files">The files that authors wrote.</param>
sealed class LostReferences(Project project, IReadOnlyCollection<string> files)
{
    const string Include = nameof(Include);
    const string Exclude = nameof(Exclude);
    readonly Dictionary<string, bool> _declared = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Diagnostic> Find() => Enum.GetValues<ItemKind>().SelectMany(Find).Distinct();

    IEnumerable<Diagnostic> Find(ItemKind kind) => [.. InItems(kind), .. InDefaults(kind), .. InIncludes(kind), .. InTargets(kind)];

    IEnumerable<Diagnostic> InItems(ItemKind kind) =>
        from item in project.GetItems(kind.ToString())
        from text in item.DirectMetadata
        where CountedTexts.Holds(kind, text.Name) && ProjectPlaces.Direct(item, text.Name) == text
        let place = ProjectPlaces.At(text.Xml?.Parent as ProjectItemElement ?? item.Xml)
        from lost in InMetadata(item, Subject(kind, item.EvaluatedInclude), text)
        select lost with { Place = place };

    IEnumerable<Diagnostic> InMetadata(ProjectItem item, string subject, ProjectMetadata text)
    {
        foreach (var lost in Properties(subject, text.Name, text.UnevaluatedValue, text.EvaluatedValue))
            yield return lost;
        foreach (var reference in CountedTexts.IsText(text.Name) ? ItemReferences.In(text.UnevaluatedValue) : [])
        {
            var all = Holds(text, reference.Text) ? null : project.ExpandString(reference.Text);
            if (all is not null && (all.Length == 0 || !Holds(text, all)))
                yield return WrittenErrors.LostItems(subject, text.Name, reference.Text, reference.Name, isDeclared: all.Length > 0);
        }
        foreach (var reference in MetadataReferences.In(text.UnevaluatedValue))
        {
            var value = item.GetMetadataValue(reference.Name);
            if (!Holds(text, reference.Text) && (value.Length == 0 || !Holds(text, value)))
                yield return WrittenErrors.LostMetadata(subject, text.Name, reference.Text, isLater: value.Length > 0);
        }
    }

    IEnumerable<Diagnostic> InDefaults(ItemKind kind) =>
        from text in Defaults(kind)
        where text.Xml is { } written && files.Contains(written.ContainingProject.FullPath)
        from lost in Properties($"the ItemDefinitionGroup of {kind}", text.Name, text.UnevaluatedValue, text.EvaluatedValue)
        select lost with { Place = ProjectPlaces.At(text.Xml) };

    // The defaults of item definitions, with the earlier ones that a later one takes up as %(name).
    IEnumerable<ProjectMetadata> Defaults(ItemKind kind)
    {
        if (!project.ItemDefinitions.TryGetValue(kind.ToString(), out var common))
            yield break;
        foreach (var last in common.Metadata.Where(m => CountedTexts.Holds(kind, m.Name)))
        {
            for (var text = last; text is not null; text = TakesUpEarlier(text) ? text.Predecessor : null)
                yield return text;
        }
    }

    static bool TakesUpEarlier(ProjectMetadata text) =>
        text.UnevaluatedValue.Contains($"%({text.Name})", StringComparison.OrdinalIgnoreCase);

    // An item whose name became nothing is not there, so elements are read, except those that a condition may have kept from MSBuild.
    IEnumerable<Diagnostic> InIncludes(ItemKind kind)
    {
        var items = project.GetItems(kind.ToString()).ToLookup(item => item.Xml);
        foreach (var element in ProjectPlaces.Elements(project, files, kind).Where(e => e.Include.Length > 0))
        {
            if (!items.Contains(element) && !ProjectPlaces.IsUnconditional(element))
                continue;
            var subject = Subject(kind, element.Include);
            var place = ProjectPlaces.At(element);
            foreach (var lost in Properties(subject, Include, element.Include, ""))
                yield return lost with { Place = place };
            foreach (var lost in Properties(subject, Exclude, element.Exclude, ""))
                yield return lost with { Place = place };
            foreach (var lost in items.Contains(element) ? [] : ItemsIn(subject, element))
                yield return lost with { Place = place };
        }
    }

    IEnumerable<Diagnostic> ItemsIn(string subject, ProjectItemElement element)
    {
        foreach (var reference in ItemReferences.In(element.Include))
        {
            var isThere = project.GetItems(reference.Name).Count > 0;
            if (isThere ? element.Exclude.Length == 0 : !IsDeclared(reference.Name))
                yield return WrittenErrors.LostItems(subject, Include, reference.Text, reference.Name, isThere);
        }
    }

    // The values that a target adds are known when the target runs. A property that no text of the project sets is lost in any case.
    IEnumerable<Diagnostic> InTargets(ItemKind kind) =>
        from element in ProjectPlaces.ElementsInTargets(project, files, kind)
        from text in element.Metadata.Where(m => CountedTexts.Holds(kind, m.Name)).Select(m => KeyValuePair.Create(m.Name, m.Value))
            .Prepend(KeyValuePair.Create(Include, element.Include))
        from lost in Properties(Subject(kind, element.Include), text.Key, text.Value, "", SetInTargets.Contains)
        select lost with { Place = ProjectPlaces.At(element) };

    HashSet<string> SetInTargets => field ??= ProjectPlaces.Roots(project)
        .SelectMany(root => root.AllChildren)
        .Select(e => e is ProjectPropertyElement property ? property.Name : e is ProjectOutputElement output ? output.PropertyName : "")
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    IEnumerable<Diagnostic> Properties(
        string subject, string metadata, string unevaluated, string evaluated, Func<string, bool>? isSet = null) =>
        from reference in PropertyReferences.In(unevaluated)
        where !reference.IsBuiltIn && !evaluated.Contains(reference.Text, StringComparison.Ordinal)
        where reference.Name is null || isSet is null || !isSet(reference.Name)
        let property = reference.Name is { } known ? project.GetProperty(known) : null
        where property is null or { IsEnvironmentProperty: true }
        select WrittenErrors.LostProperty(subject, metadata, reference.Text, property?.Name);

    // Items that a condition or a target may give are meant for something else.
    bool IsDeclared(string type)
    {
        if (!_declared.TryGetValue(type, out var known))
        {
            _declared[type] = known = project.ItemDefinitions.ContainsKey(type)
                || ProjectPlaces.Roots(project).SelectMany(root => root.AllChildren.OfType<ProjectItemElement>())
                    .Any(e => string.Equals(e.ItemType, type, StringComparison.OrdinalIgnoreCase));
        }
        return known;
    }

    static bool Holds(ProjectMetadata text, string part) => text.EvaluatedValue.Contains(part, StringComparison.Ordinal);

    static string Subject(ItemKind kind, string include) => $"{kind.ToString().ToLowerInvariant()} '{include}'";
}
