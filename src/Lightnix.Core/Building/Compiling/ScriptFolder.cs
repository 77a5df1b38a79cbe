namespace Lightnix.Building;

/// <summary>A folder for the compilation of a script. It inherits no properties, targets, package versions or analyzer settings from the
/// folders above it. The sources lie in a folder below, and may bring such files themselves.</summary>
sealed class ScriptFolder(string path)
{
    /// <summary>Variables that MSBuild reads as properties. A property on the command line cannot have every character. The first names the
    /// folder in which <c>nuget.config</c> is searched, the second the folder of the sources.</summary>
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
        // The program knows its source by the path in the working folder: CallerFilePath, stack traces …
        (Settings, $"""
            <Project>
              <PropertyGroup>
                <PathMap>$({SourcesVariable}.Replace('=', '==').Replace(',', ',,'))=./</PathMap>
                <RestoreRootConfigDirectory>$({SettingsVariable})</RestoreRootConfigDirectory>
              </PropertyGroup>
            </Project>

            """),
        // … and the entry point in the runtime configuration. 'root = true' does not stop the search for .globalconfig above.
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
              <Target Name="LightnixRecordCompilerCall" AfterTargets="CoreCompile" Condition="'@(CscCommandLineArgs)' != ''">
                <WriteLinesToFile File="$(MSBuildThisFileDirectory){CompilerCall.RecordedArguments}" Lines="@(CscCommandLineArgs)"
                  Overwrite="true" />
                <WriteLinesToFile File="$(MSBuildThisFileDirectory){CompilerCall.RecordedFolder}" Lines="$(RoslynTargetsPath)"
                  Overwrite="true" />
              </Target>
            </Project>

            """),
    ];

    public string Sources { get; } = Path.Combine(path, "work") + Path.DirectorySeparatorChar;

    /// <summary>The folder in which the compiler starts. Its <c>global.json</c> chooses the SDK, not one among the sources.</summary>
    public string Root { get; } = path;

    /// <summary>Copies the sources to their paths in the working folder, and writes the files that stop inheritance.</summary>
    /// <returns>The script's path, absolute.</returns>
    public string Write(ScriptSources sources)
    {
        Directory.CreateDirectory(Root);
        foreach (var (name, text) in Fences)
            File.WriteAllText(Path.Combine(Root, name), text);
        return sources.CopyTo(Sources);
    }

    /// <summary>Variables by which the compiler finds these files.</summary>
    /// <param name="projectFolder">The first folder in which <c>nuget.config</c> is searched; null: only the user's own counts.</param>
    public IEnumerable<KeyValuePair<string, string>> Variables(string? projectFolder) =>
    [
        new(SettingsVariable, projectFolder ?? ""),
        new(SourcesVariable, Escape(Sources)),
        new("CustomAfterDirectoryBuildProps", Escape(Path.Combine(Root, Settings))),
        new("CustomAfterDirectoryBuildTargets", Escape(Path.Combine(Root, Targets))),
    ];

    /// <summary>MSBuild reads an import as a list of files with escapes.</summary>
    static string Escape(string file) => file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
