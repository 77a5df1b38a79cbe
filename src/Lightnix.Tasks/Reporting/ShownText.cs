using Lightnix.Model;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>The one way in which text reaches MSBuild's loggers. Builders, servers and file names have a part in most messages, so all of it is made visible here.</summary>
static class ShownText
{
    public static void Say(this TaskLoggingHelper log, MessageImportance importance, string text) => log.LogMessage(importance, "{0}", Visible.Lines(text));

    /// <param name="link">Of the page that explains the code; null: there is none.</param>
    public static void Say(this TaskLoggingHelper log, Diagnostic diagnostic, string? link, Place place)
    {
        var text = Visible.Lines(diagnostic.Message);
        if (diagnostic.Severity == Severity.Error)
            log.LogError(null, diagnostic.Code, null, link, place.File, place.Line, place.Column, 0, 0, "{0}", text);
        else
            log.LogWarning(null, diagnostic.Code, null, link, place.File, place.Line, place.Column, 0, 0, "{0}", text);
    }
}
