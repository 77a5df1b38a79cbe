using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Shows diagnostics as MSBuild's errors and warnings: code, place, and a link to the page that explains it.</summary>
/// <remarks>Those that come together are shown in the order of their places: see <see cref="Flush"/>.</remarks>
sealed class DiagnosticLog(TaskLoggingHelper log, string helpPage, Declarations declared, ProjectPlaces places)
{
    readonly List<Diagnostic> _waiting = [];
    readonly Lock _lock = new();

    public ProjectPlaces Places => places;

    /// <summary>Takes a diagnostic, which <see cref="Flush"/> shows.</summary>
    public void Add(Diagnostic diagnostic)
    {
        lock (_lock)
            _waiting.Add(diagnostic);
    }

    /// <summary>Shows what waits, by file, line and column.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            var placed = _waiting.Select(d => (Diagnostic: d, Place: PlaceOf(d)))
                .OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column).ToList();
            _waiting.Clear();
            foreach (var (diagnostic, place) in placed)
                Show(log, helpPage, diagnostic, place);
        }
    }

    /// <summary>For tasks without items: the place is the project.</summary>
    public static void Show(TaskLoggingHelper log, ProjectDescription project, Diagnostic diagnostic) =>
        Show(log, project.HelpPage, diagnostic, new(project.ProjectFile, 0, 0));

    /// <summary>The place of an item, or of metadata of it; line 0 where it is unknown.</summary>
    public TextPlace PlaceOf(DeclaredItem item, string? metadata = null) =>
        places.Of(item, metadata) ?? new(declared.DefiningFile(item), 0, 0);

    static void Show(TaskLoggingHelper log, string helpPage, Diagnostic diagnostic, TextPlace place)
    {
        var link = helpPage.Length > 0 ? $"{new Uri(helpPage).AbsoluteUri}#{diagnostic.Code.ToLowerInvariant()}" : null;
        log.Say(diagnostic, link, place);
    }

    TextPlace PlaceOf(Diagnostic diagnostic)
    {
        if (diagnostic.Place is { } place)
            return place;
        return diagnostic.Item is { } item ? PlaceOf(item, diagnostic.Metadata) : new(places.ProjectFile, 0, 0);
    }
}
