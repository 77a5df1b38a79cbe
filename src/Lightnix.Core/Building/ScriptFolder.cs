using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>
/// Where a C# script is compiled: a folder that inherits no properties, targets, package versions, analyzer settings or SDK from the folders above it.
/// </summary>
sealed class ScriptFolder(string path)
{
    /// <summary>The environment variable with the folder from which <c>nuget.config</c> is looked for. A property on the command line would not bear every character.</summary>
    public const string SettingsVariable = "LIGHTNIX_NUGET_ROOT";

    static readonly (string Name, string Text)[] Fences =
    [
        ("global.json", "{}"),
        (".editorconfig", "root = true\n"),
        ("Directory.Build.rsp", ""),
        ("Directory.Packages.props", "<Project />\n"),
        // What the program can learn of its source's place is the place in the working folder: CallerFilePath, stack traces …
        ("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <PathMap>$(MSBuildThisFileDirectory)=./</PathMap>
                <RestoreRootConfigDirectory>$({SettingsVariable})</RestoreRootConfigDirectory>
              </PropertyGroup>
            </Project>

            """),
        // … and what the SDK writes into the runtime configuration.
        ("Directory.Build.targets", """
            <Project>
              <ItemGroup>
                <RuntimeHostConfigurationOption Update="EntryPointFilePath" Value="$([System.IO.Path]::GetRelativePath($(MSBuildThisFileDirectory), $(MSBuildProjectDirectory)/$(MSBuildProjectName)))" />
                <RuntimeHostConfigurationOption Update="EntryPointFileDirectoryPath" Value="$([System.IO.Path]::GetRelativePath($(MSBuildThisFileDirectory), $(MSBuildProjectDirectory)))" />
              </ItemGroup>
            </Project>

            """),
    ];

    public string Path { get; } = path;

    /// <summary>Puts the sources where they are in their working folder, and the fences around them.</summary>
    /// <returns>The script's path, absolute.</returns>
    public string Write(ScriptSources sources)
    {
        foreach (var (path, bytes) in sources.Files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Place(path))!);
            File.WriteAllBytes(Place(path), bytes);
        }
        foreach (var (name, text) in Fences)
            File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return Place(sources.Script);
    }

    string Place(RelativePath path) => System.IO.Path.Combine(Path, path.ToString().Replace('/', System.IO.Path.DirectorySeparatorChar));
}
