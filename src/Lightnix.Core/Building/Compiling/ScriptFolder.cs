namespace Lightnix.Building;

/// <summary>
/// Where a C# script is compiled: a folder that inherits no properties, targets, package versions, analyzer settings or SDK from the
/// folders above it.
/// The sources of the stage are in a folder below, as in their working folder, and may bring such files themselves.
/// </summary>
sealed class ScriptFolder(string path)
{
    /// <summary>
    /// Environment variables, which MSBuild takes for properties: a property on the command line would not bear every character. The first
    /// holds the
    /// folder from which <c>nuget.config</c> is looked for, the second the folder of the sources.
    /// </summary>
    const string SettingsVariable = "LIGHTNIX_NUGET_ROOT", SourcesVariable = "LIGHTNIX_SCRIPT_SOURCES";

    const string Settings = "Lightnix.Script.props", Targets = "Lightnix.Script.targets";

    static readonly (string Name, string Text)[] Fences =
    [
        ("global.json", "{}"),
        (".editorconfig", "root = true\n"),
        ("Directory.Build.rsp", ""),
        ("MSBuild.rsp", ""),
        ("Directory.Build.props", "<Project />\n"),
        ("Directory.Build.targets", "<Project />\n"),
        ("Directory.Packages.props", "<Project />\n"),
        // What the program can learn of its source's place is the place in the working folder: CallerFilePath, stack traces …
        (Settings, $"""
            <Project>
              <PropertyGroup>
                <PathMap>$({SourcesVariable}.Replace('=', '==').Replace(',', ',,'))=./</PathMap>
                <RestoreRootConfigDirectory>$({SettingsVariable})</RestoreRootConfigDirectory>
              </PropertyGroup>
            </Project>

            """),
        // … and what the SDK writes into the runtime configuration. No root stops the search for .globalconfig in the folders above.
        (Targets, $"""
            <Project>
              <ItemGroup>
                <RuntimeHostConfigurationOption Update="EntryPointFilePath"
                  Value="$([System.IO.Path]::GetRelativePath($({SourcesVariable}), $(MSBuildProjectDirectory)/$(MSBuildProjectName)))" />
                <RuntimeHostConfigurationOption Update="EntryPointFileDirectoryPath"
                  Value="$([System.IO.Path]::GetRelativePath($({SourcesVariable}), $(MSBuildProjectDirectory)))" />
              </ItemGroup>
              <Target Name="LightnixKeepOwnGlobalConfig"
                      BeforeTargets="GenerateMSBuildEditorConfigFileShouldRun;GenerateMSBuildEditorConfigFileCore;CoreCompile">
                <ItemGroup>
                  <LightnixHere Include="$(MSBuildThisFileFullPath)" />
                  <LightnixForeignConfig Include="@(LightnixHere->GetPathsOfAllDirectoriesAbove()->Combine('.globalconfig'))" />
                  <EditorConfigFiles Remove="@(LightnixForeignConfig)" />
                </ItemGroup>
              </Target>
            </Project>

            """),
    ];

    /// <summary>The sources.</summary>
    public string Sources { get; } = Path.Combine(path, "work") + Path.DirectorySeparatorChar;

    /// <summary>
    /// Where the compiler starts: the SDK is chosen by the folder, and no <c>global.json</c> among the sources chooses it.
    /// </summary>
    public string Root { get; } = path;

    /// <summary>Puts the sources where they are in their working folder, and the fences around them.</summary>
    /// <returns>The script's path, absolute.</returns>
    public string Write(ScriptSources sources)
    {
        Directory.CreateDirectory(Root);
        foreach (var (name, text) in Fences)
            File.WriteAllText(Path.Combine(Root, name), text);
        return sources.CopyTo(Sources);
    }

    /// <summary>Variables with which the compiler finds what was written here.</summary>
    /// <param name="projectFolder">Where <c>nuget.config</c> is looked for, and upwards; null: only the user's own counts.</param>
    public IEnumerable<KeyValuePair<string, string>> Variables(string? projectFolder) =>
    [
        new(SettingsVariable, projectFolder ?? ""),
        new(SourcesVariable, Escape(Sources)),
        new("CustomAfterDirectoryBuildProps", Escape(Path.Combine(Root, Settings))),
        new("CustomAfterDirectoryBuildTargets", Escape(Path.Combine(Root, Targets))),
    ];

    /// <summary>An import is a list of files, with MSBuild's escapes.</summary>
    static string Escape(string file) => file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
