using System.Text;
using Lightnix.Hashing;

namespace Lightnix.Planning;

/// <summary>
/// A program's <c>.deps.json</c> without what says nothing of the program: the version numbers of projects. They are those of the last restore, which may have been
/// asked for by a build of something else: <c>dotnet publish -p:Version=1.2.3</c> of an app restores the libraries that it shares with a program as 1.2.3. The
/// runtime uses them as names only.
/// </summary>
public static class DependencyManifest
{
    const string Settled = "1.0.0";

    /// <summary>The same text with 1.0.0 as the version of everything that is a project.</summary>
    /// <exception cref="FormatException">It is not JSON.</exception>
    public static string Settle(string text)
    {
        if ((JsonReader.Parse(Encoding.UTF8.GetBytes(text)) as JsonValue.Object)?.Find("libraries") is not JsonValue.Object libraries)
            return text;
        var projects = libraries.Members.Where(m => m.Value is JsonValue.Object library && library.Find("type") is JsonValue.String { Value: "project" }).Select(m => m.Key);
        foreach (var project in projects.Order(StringComparer.Ordinal))
            if (project.Split('/') is [var name, var version])
                text = text
                    .Replace($"\"{name}/{version}\"", $"\"{name}/{Settled}\"", StringComparison.Ordinal)
                    .Replace($"\"{name}\": \"{version}\"", $"\"{name}\": \"{Settled}\"", StringComparison.Ordinal);
        return text;
    }
}
