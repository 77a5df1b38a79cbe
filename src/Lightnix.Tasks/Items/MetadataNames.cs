namespace Lightnix.Tasks;

/// <summary>The metadata that MSBuild, not the author, gives and takes; those of authors are in the core.</summary>
static class MetadataNames
{
    /// <summary>The file that an item was declared in.</summary>
    public static string DefiningProjectFullPath => nameof(DefiningProjectFullPath);

    /// <summary>The folders that <c>**</c> stands for in the item's path.</summary>
    public static string RecursiveDir => nameof(RecursiveDir);

    /// <summary>Of what a C# project answers to <c>GetTargetFrameworks</c>: <c>false</c> where it has several.</summary>
    public static string HasSingleTargetFramework => nameof(HasSingleTargetFramework);

    /// <summary>Of the same answer: which, separated by semicolons.</summary>
    public static string TargetFrameworks => nameof(TargetFrameworks);

    /// <summary>Of what the MSBuild task returns: the project that gave it.</summary>
    public static string MSBuildSourceProjectFile => nameof(MSBuildSourceProjectFile);

    /// <summary>Of a <c>ProjectReference</c>: what placeholders call the project, where it is not its file name.</summary>
    public static string Name => nameof(Name);

    /// <summary>Of a <c>ProjectReference</c>: <c>true</c> where it is the project of a <c>Program</c>.</summary>
    public const string Program = "LightnixProgram";

    /// <summary>Where a copy goes, relative to an output folder.</summary>
    public static string TargetPath => nameof(TargetPath);

    /// <summary>Of a promised file: <c>true</c> when it is content below <c>wwwroot/</c>, of which .NET makes a static web asset.</summary>
    public static string IsForWeb => nameof(IsForWeb);

    /// <summary>Of a <c>Protobuf</c> item: the folder that its imports start at.</summary>
    public static string ProtoRoot => nameof(ProtoRoot);

    /// <summary>Of a described promise: the name of the project that makes it.</summary>
    public static string Project => nameof(Project);

    /// <summary>Of a described promise: how many realizations were chosen, where a matcher may choose several; else empty.</summary>
    public static string Several => nameof(Several);

    /// <summary>Of a described promise of a number: what the chosen realizations say, separated by semicolons; empty where nothing was chosen yet.</summary>
    public static string Numbers => nameof(Numbers);

    /// <summary>Of a described promise: <c>true</c> when it is one of a number.</summary>
    public static string IsNumber => nameof(IsNumber);
}
