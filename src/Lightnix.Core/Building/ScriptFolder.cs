using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>
/// Where a C# script is compiled: a folder that inherits no properties, targets, package versions, analyzer settings or SDK from the folders above it.
/// Only <c>nuget.config</c> is looked for upwards, as NuGet does.
/// </summary>
sealed class ScriptFolder(string path)
{
    static readonly (string Name, string Text)[] Fences =
    [
        ("global.json", "{}"),
        (".editorconfig", "root = true\n"),
        ("Directory.Build.rsp", ""),
        ("Directory.Packages.props", "<Project />\n"),
        // What the program can learn of its source's place is the place in the working folder: CallerFilePath, stack traces …
        ("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <PathMap>$(MSBuildThisFileDirectory)=./</PathMap>
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

    /// <summary>Puts the script where it is in its working folder, and the fences around it.</summary>
    /// <returns>The script's path, absolute.</returns>
    public string Write(RelativePath script, byte[] bytes)
    {
        var file = System.IO.Path.Combine(Path, script.ToString().Replace('/', System.IO.Path.DirectorySeparatorChar));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        foreach (var (name, text) in Fences)
            File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
