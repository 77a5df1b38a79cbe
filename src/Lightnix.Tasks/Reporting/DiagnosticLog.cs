using Lightnix.Model;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Shows diagnostics as MSBuild's errors and warnings: code, place, and a link to the page that explains it.</summary>
sealed class DiagnosticLog(TaskLoggingHelper log, string helpPage, Declarations declared, ProjectPlaces places)
{
    public ProjectPlaces Places => places;

    public void Show(Diagnostic diagnostic) => Show(diagnostic, PlaceOf(diagnostic));

    public void Show(Diagnostic diagnostic, Place place) => Show(log, helpPage, diagnostic, place);

    /// <summary>For tasks that know no items.</summary>
    public static void Show(TaskLoggingHelper log, string helpPage, Diagnostic diagnostic, Place place)
    {
        var link = helpPage.Length > 0 ? $"{new Uri(helpPage).AbsoluteUri}#{diagnostic.Code.ToLowerInvariant()}" : null;
        log.Say(diagnostic, link, place);
    }

    Place PlaceOf(Diagnostic diagnostic) => diagnostic.Place is { } place ? new(place.File, place.Line, place.Column) : diagnostic.Item is { } item
        ? PlaceOf(item, diagnostic.Metadata)
        : new(places.ProjectFile, 0, 0);

    /// <summary>Of an item, or of one metadatum of it; line 0 where it cannot be told.</summary>
    public Place PlaceOf(DeclaredItem item, string? metadata = null) => places.Of(item, metadata) ?? new(declared.DefiningFile(item), 0, 0);
}
