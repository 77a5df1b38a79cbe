namespace Lightnix.Planning;

/// <summary>A program's <c>.deps.json</c> without the version numbers of projects. These come from the last restore, which may belong to a
/// build of something else: <c>dotnet publish -p:Version=1.2.3</c> of an app restores the libraries that it shares with a program as 1.2.3.
/// The runtime uses them as names only.</summary>
public static class DependencyManifest
{
    const string Version = "1.0.0";

    /// <summary>The same text with 1.0.0 as the version of every project.</summary>
    /// <exception cref="FormatException">It is not JSON.</exception>
    public static string Normalize(string text)
    {
        if ((JsonReader.Parse(Encoding.UTF8.GetBytes(text)) as JsonValue.Object)?.Find("libraries") is not JsonValue.Object libraries)
            return text;
        var projects = libraries.Members.Where(m => IsProject(m.Value)).Select(m => m.Key);
        foreach (var project in projects.Order(StringComparer.Ordinal))
        {
            if (project.Split('/') is [var name, var version])
            {
                text = text
                    .Replace($"\"{name}/{version}\"", $"\"{name}/{Version}\"", StringComparison.Ordinal)
                    .Replace($"\"{name}\": \"{version}\"", $"\"{name}\": \"{Version}\"", StringComparison.Ordinal);
            }
        }
        return text;
    }

    static bool IsProject(JsonValue library) =>
        library is JsonValue.Object members && members.Find("type") is JsonValue.String { Value: "project" };
}
