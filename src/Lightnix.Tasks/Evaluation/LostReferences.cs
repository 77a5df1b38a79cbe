using Lightnix.Model;
using Lightnix.Planning;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace Lightnix.Tasks;

/// <summary>Finds the references to properties, items and metadata that MSBuild replaced by less than the author meant, in every text that counts: LNX1011.</summary>
/// <param name="files">Those that authors wrote.</param>
sealed class LostReferences(Project project, IReadOnlyCollection<string> files)
{
    const string Include = nameof(Include);

    readonly Dictionary<string, bool> _declared = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<(Diagnostic, Place)> Find() => Enum.GetValues<ItemKind>().SelectMany(Find).Distinct();

    IEnumerable<(Diagnostic, Place)> Find(ItemKind kind)
    {
        foreach (var item in project.GetItems(kind.ToString()))
        {
            foreach (var text in item.DirectMetadata.Where(m => CountedTexts.Holds(kind, m.Name) && ProjectPlaces.Direct(item, m.Name) == m))
            {
                foreach (var lost in In(item, Subject(kind, item.EvaluatedInclude), text))
                    yield return (lost, ProjectPlaces.At(text.Xml?.Parent as ProjectItemElement ?? item.Xml));
            }
        }
        foreach (var text in Defaults(kind).Where(text => text.Xml is { } written && files.Contains(written.ContainingProject.FullPath)))
        {
            foreach (var lost in Properties($"the ItemDefinitionGroup of {kind}", text.Name, text.UnevaluatedValue, text.EvaluatedValue))
                yield return (lost, ProjectPlaces.At(text.Xml));
        }
        foreach (var found in InIncludes(kind).Concat(InTargets(kind)))
            yield return found;
    }

    // Defaults that an ItemDefinitionGroup sets, with the earlier ones that it takes up as %(name).
    IEnumerable<ProjectMetadata> Defaults(ItemKind kind)
    {
        foreach (var last in project.ItemDefinitions.TryGetValue(kind.ToString(), out var common) ? common.Metadata.Where(m => CountedTexts.Holds(kind, m.Name)) : [])
        {
            for (var text = last; text is not null; text = text.UnevaluatedValue.Contains($"%({text.Name})", StringComparison.OrdinalIgnoreCase) ? text.Predecessor : null)
                yield return text;
        }
    }

    // What a target adds is known when it runs; a property that no text of the project sets is lost in any case.
    IEnumerable<(Diagnostic, Place)> InTargets(ItemKind kind) =>
        from element in ProjectPlaces.ElementsInTargets(project, files, kind)
        from text in element.Metadata.Where(m => CountedTexts.Holds(kind, m.Name)).Select(m => (m.Name, m.Value)).Prepend((Name: Include, Value: element.Include))
        from lost in Properties(Subject(kind, element.Include), text.Name, text.Value, "", SetByTargets.Contains)
        select (lost, ProjectPlaces.At(element));

    ISet<string> SetByTargets => field ??= ProjectPlaces.Roots(project)
        .SelectMany(root => root.AllChildren)
        .Select(e => e is ProjectPropertyElement property ? property.Name : e is ProjectOutputElement output ? output.PropertyName : "")
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    IEnumerable<Diagnostic> In(ProjectItem item, string subject, ProjectMetadata text)
    {
        foreach (var lost in Properties(subject, text.Name, text.UnevaluatedValue, text.EvaluatedValue))
            yield return lost;
        foreach (var reference in CountedTexts.IsText(text.Name) ? ItemReferences.In(text.UnevaluatedValue) : [])
        {
            if (text.EvaluatedValue.Contains(reference.Text, StringComparison.Ordinal))
                continue;
            var all = project.ExpandString(reference.Text);
            if (all.Length == 0 || !text.EvaluatedValue.Contains(all, StringComparison.Ordinal))
                yield return WrittenErrors.LostItems(subject, text.Name, reference.Text, reference.Name, isDeclared: all.Length > 0);
        }
        foreach (var reference in MetadataReferences.In(text.UnevaluatedValue))
        {
            var value = item.GetMetadataValue(reference.Name);
            if (!text.EvaluatedValue.Contains(reference.Text, StringComparison.Ordinal) && (value.Length == 0 || !text.EvaluatedValue.Contains(value, StringComparison.Ordinal)))
                yield return WrittenErrors.LostMetadata(subject, text.Name, reference.Text, isLater: value.Length > 0);
        }
    }

    IEnumerable<Diagnostic> Properties(string subject, string metadata, string unevaluated, string evaluated, Func<string, bool>? isSet = null) =>
        from reference in PropertyReferences.In(unevaluated)
        where !reference.IsBuiltIn && !evaluated.Contains(reference.Text, StringComparison.Ordinal) && !(reference.Name is { } name && isSet?.Invoke(name) == true)
        let property = reference.Name is { } known ? project.GetProperty(known) : null
        where property is null or { IsEnvironmentProperty: true }
        select WrittenErrors.LostProperty(subject, metadata, reference.Text, property?.Name);

    // An item whose name became nothing is not there: the elements are asked, as far as no condition may have kept MSBuild from them.
    IEnumerable<(Diagnostic, Place)> InIncludes(ItemKind kind)
    {
        var items = project.GetItems(kind.ToString()).ToLookup(item => item.Xml);
        foreach (var element in ProjectPlaces.Elements(project, files, kind).Where(e => e.Include.Length > 0 && (items.Contains(e) || ProjectPlaces.IsUnconditional(e))))
        {
            var subject = Subject(kind, element.Include);
            foreach (var lost in Properties(subject, Include, element.Include, "").Concat(Properties(subject, nameof(element.Exclude), element.Exclude, "")))
                yield return (lost, ProjectPlaces.At(element));
            foreach (var reference in items.Contains(element) ? [] : ItemReferences.In(element.Include))
            {
                if (project.GetItems(reference.Name).Count > 0 ? element.Exclude.Length == 0 : !IsDeclared(reference.Name))
                    yield return (WrittenErrors.LostItems(subject, Include, reference.Text, reference.Name, isDeclared: project.GetItems(reference.Name).Count > 0), ProjectPlaces.At(element));
            }
        }
    }

    // Items that a condition or a target may give are somebody's.
    bool IsDeclared(string type) => _declared.TryGetValue(type, out var known) ? known : _declared[type] =
        project.ItemDefinitions.ContainsKey(type)
        || ProjectPlaces.Roots(project).Any(root => root.AllChildren.OfType<ProjectItemElement>().Any(e => string.Equals(e.ItemType, type, StringComparison.OrdinalIgnoreCase)));

    static string Subject(ItemKind kind, string include) => $"{kind.ToString().ToLowerInvariant()} '{include}'";
}
