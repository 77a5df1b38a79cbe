namespace Lightnix.Tasks;

/// <summary>The metadata that tasks themselves read or write; names by <c>nameof</c>, so that each is spelled once.</summary>
static class MetadataNames
{
    public static string Arguments => nameof(Arguments);

    public static string Command => nameof(Command);

    public static string CopyToOutputDirectory => nameof(CopyToOutputDirectory);

    public static string CopyToPublishDirectory => nameof(CopyToPublishDirectory);

    public static string Link => nameof(Link);

    public static string OutputItemType => nameof(OutputItemType);

    public static string Program => nameof(Program);

    public static string Stage => nameof(Stage);

    public static string TargetPath => nameof(TargetPath);

    /// <summary>Added by MSBuild: the file that an item was declared in.</summary>
    public static string DefiningProjectFullPath => nameof(DefiningProjectFullPath);

    /// <summary>Added by the MSBuild task: the project that gave an output.</summary>
    public static string MSBuildSourceProjectFile => nameof(MSBuildSourceProjectFile);
}
