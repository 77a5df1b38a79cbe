using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>The one way in which text reaches MSBuild's loggers. Most messages hold text of builders, servers and file names, so their
/// control characters are made visible here.</summary>
static class ShownText
{
    public static void Say(this TaskLoggingHelper log, MessageImportance importance, string text) =>
        log.LogMessage(importance, "{0}", Visible.Lines(text));

    /// <param name="link">The page that explains the code; null: there is none.</param>
    public static void Say(this TaskLoggingHelper log, Diagnostic diagnostic, string? link, TextPlace place)
    {
        var text = Visible.Lines(diagnostic.Message);
        if (diagnostic.Severity == Severity.Error)
            log.LogError(null, diagnostic.Code, null, link, place.File, place.Line, place.Column, 0, 0, "{0}", text);
        else
            log.LogWarning(null, diagnostic.Code, null, link, place.File, place.Line, place.Column, 0, 0, "{0}", text);
    }
}
