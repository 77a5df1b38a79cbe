namespace Lightnix.Tasks;

/// <summary>The metadata that MSBuild, not the author, gives and takes; those of authors are in the core.</summary>
static class MetadataNames
{
    /// <summary>The file that an item was declared in.</summary>
    public static string DefiningProjectFullPath => nameof(DefiningProjectFullPath);

    /// <summary>Of what the MSBuild task returns: the project that gave it.</summary>
    public static string MSBuildSourceProjectFile => nameof(MSBuildSourceProjectFile);

    /// <summary>Where a copy goes, relative to an output folder.</summary>
    public static string TargetPath => nameof(TargetPath);
}
