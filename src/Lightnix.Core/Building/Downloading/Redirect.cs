using System.Net;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>A redirect in a server's answer.</summary>
static class Redirect
{
    /// <summary>The location as the server wrote it; null for other answers.</summary>
    public static string? Target(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString().Trim() : null;

    /// <summary>The next URL, or the reason why it is not followed.</summary>
    public static (Uri? Url, string? Problem) Follow(Uri from, string target)
    {
        if (!Uri.TryCreate(from, target, out var url))
            return (null, $" to '{Shown(target)}', which is no URL");
        if (url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return (null, $" to '{Shown(target)}', and only http and https are followed");
        return from.Scheme == "https" && url.Scheme == "http" ? (null, $" to '{Shown(target)}', which is not encrypted") : (url, null);
    }

    /// <summary>The URL without password and query, which is often a signature.</summary>
    public static string Shown(string target) => Visible.Text(Visible.Short(UrlText.Shown(target.Split('?', '#')[0])));
}
