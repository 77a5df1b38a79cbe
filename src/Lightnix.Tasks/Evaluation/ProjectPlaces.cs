using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Globbing;

namespace Lightnix.Tasks;

/// <summary>Finds where items are written, by evaluating the project again: only MSBuild knows, and it does not pass places to tasks. The
/// evaluation waits for the first question.</summary>
sealed class ProjectPlaces(string projectFile, IReadOnlyDictionary<string, string> globalProperties) : IDisposable
{
    // A collection of its own: in the global one, the host would see a project that it did not load.
    readonly Lazy<ProjectCollection> _collection = new(() => new(globalProperties.ToDictionary(StringComparer.OrdinalIgnoreCase)));
    Project? _project;

    public string ProjectFile => projectFile;

    /// <summary>The project, evaluated as the running build evaluated it.</summary>
    public Project Project => _project ??= _collection.Value.LoadProject(projectFile);

    /// <summary>The evaluated item; null when a target added it, or when it was not found again.</summary>
    public ProjectItem? Find(DeclaredItem item)
    {
        var all = Project.GetItems(item.Kind.ToString());
        if (all.ElementAtOrDefault(item.Ordinal) is { } same && Names(same, item))
            return same;
        return all.FirstOrDefault(i => Names(i, item));

        static bool Names(ProjectItem found, DeclaredItem item) =>
            string.Equals(AsTasksSeeIt(found.EvaluatedInclude), item.Include, StringComparison.Ordinal);
    }

    /// <summary>Where an item is written; of metadata that an <c>Update</c> wrote, the place of the <c>Update</c>.</summary>
    public TextPlace? Of(DeclaredItem item, string? metadata = null) => Find(item) is { } found ? At(Writer(found, metadata)) : null;

    /// <summary>True when the metadata are written on the item's element or on an <c>Update</c> of it, and not inherited from another item
    /// or from an <c>ItemDefinitionGroup</c>. Of an item that a target added, only the latter is known.</summary>
    public bool IsWritten(DeclaredItem item, string metadata) => Find(item) is { } found
        ? Direct(found, metadata) is not null
        : !Project.ItemDefinitions.TryGetValue(item.Kind.ToString(), out var common) || common.GetMetadata(metadata) is null;

    /// <summary>True when the <c>Include</c> spells out the item's identity: no wildcard and no other item gave it.</summary>
    public bool IsNamed(DeclaredItem item) => Find(item) is { } found
        && Project.ExpandString(found.Xml.Include).Split(';')
            .Any(written => string.Equals(AsTasksSeeIt(written.Trim()), item.Include, StringComparison.Ordinal));

    /// <summary>The wildcard that found an item; null where an <c>Include</c> spells out its identity, or a target added it.</summary>
    public string? WildcardOf(DeclaredItem item) => Find(item) is { } found && !IsNamed(item)
        ? Project.ExpandString(found.Xml.Include).Split(';', StringSplitOptions.TrimEntries)
            .FirstOrDefault(written => FoundItems.IsWildcard(written) && IsMatch(written, found.EvaluatedInclude))
        : null;

    /// <summary>The elements of a kind of item in some files, without those in targets.</summary>
    public static IEnumerable<ProjectItemElement> Elements(Project project, IReadOnlyCollection<string> files, ItemKind kind) =>
        All(project, files, kind).Where(e => !IsInTarget(e));

    /// <summary>The elements in targets that have no condition.</summary>
    public static IEnumerable<ProjectItemElement> ElementsInTargets(Project project, IReadOnlyCollection<string> files, ItemKind kind) =>
        All(project, files, kind).Where(e => IsInTarget(e) && IsUnconditional(e));

    /// <summary>The project and all that it imports.</summary>
    public static IEnumerable<ProjectRootElement> Roots(Project project) =>
        project.Imports.Select(i => i.ImportedProject).Prepend(project.Xml).DistinctBy(root => root.FullPath);

    /// <summary>True of an element that MSBuild reads in any case.</summary>
    public static bool IsUnconditional(ProjectElement element) => element.AllParents.Prepend(element)
        .All(e => string.IsNullOrEmpty(e.Condition) && e is not (ProjectWhenElement or ProjectOtherwiseElement));

    public static TextPlace At(ProjectElement element) =>
        new(element.ContainingProject.FullPath, element.Location.Line, element.Location.Column);

    /// <summary>The metadata as written on the item's own element or on an <c>Update</c> of it. What MSBuild calls direct includes what
    /// came from another item.</summary>
    public static ProjectMetadata? Direct(ProjectItem item, string metadata) => item.DirectMetadata.FirstOrDefault(m =>
        string.Equals(m.Name, metadata, StringComparison.OrdinalIgnoreCase)
        && m.Xml?.Parent is ProjectItemElement element
        && (ReferenceEquals(element, item.Xml) || (element.Update.Length > 0 && element.ItemType == item.ItemType)));

    public void Dispose()
    {
        if (_collection.IsValueCreated)
            _collection.Value.Dispose();
    }

    // A backslash in a name is one character to the wildcard that found it, and a separator when the name is matched again.
    bool IsMatch(string wildcard, string include)
    {
        var glob = MSBuildGlob.Parse(Project.DirectoryPath, wildcard);
        return glob.IsMatch(include) || (Path.DirectorySeparatorChar == '/' && glob.IsMatch(include.Replace('\\', '_')));
    }

    static IEnumerable<ProjectItemElement> All(Project project, IReadOnlyCollection<string> files, ItemKind kind) => Roots(project)
        .Where(root => files.Contains(root.FullPath))
        .SelectMany(root => root.AllChildren.OfType<ProjectItemElement>())
        .Where(e => string.Equals(e.ItemType, kind.ToString(), StringComparison.OrdinalIgnoreCase));

    static bool IsInTarget(ProjectItemElement element) => element.AllParents.OfType<ProjectTargetElement>().Any();

    // On its way to a task, MSBuild replaces the separators of an identity by those of the system.
    static string AsTasksSeeIt(string include) => Path.DirectorySeparatorChar == '/' ? include.Replace('\\', '/') : include;

    static ProjectItemElement Writer(ProjectItem item, string? metadata) =>
        metadata is not null && Direct(item, metadata)?.Xml?.Parent is ProjectItemElement element ? element : item.Xml;
}
