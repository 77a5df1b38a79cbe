namespace Lightnix.Tasks;

/// <summary>The metadata that MSBuild gives and takes. The core has those that authors write.</summary>
static class MetadataNames
{
    /// <summary>The file that an item was declared in.</summary>
    public static string DefiningProjectFullPath => nameof(DefiningProjectFullPath);

    /// <summary>The folders that <c>**</c> stands for in the item's path.</summary>
    public static string RecursiveDir => nameof(RecursiveDir);

    /// <summary>Of the answer of a C# project to <c>GetTargetFrameworks</c>: <c>false</c> where the project has several.</summary>
    public static string HasSingleTargetFramework => nameof(HasSingleTargetFramework);

    /// <summary>Of the same answer: the frameworks, separated by semicolons.</summary>
    public static string TargetFrameworks => nameof(TargetFrameworks);

    /// <summary>Of an item that the MSBuild task returns: the project that gave it.</summary>
    public static string MSBuildSourceProjectFile => nameof(MSBuildSourceProjectFile);

    /// <summary>Of a <c>ProjectReference</c>: the name of the project in placeholders, where it is not its file name.</summary>
    public static string Name => nameof(Name);

    /// <summary>Of a <c>ProjectReference</c>: <c>true</c> where it is the project of a <c>Program</c>.</summary>
    public const string Program = "LightnixProgram";

    /// <summary>The path of a copy, relative to an output folder.</summary>
    public static string TargetPath => nameof(TargetPath);

    /// <summary>Of a promised file: <c>true</c> when it is content below <c>wwwroot/</c>, of which .NET makes a static web asset.</summary>
    public static string IsForWeb => nameof(IsForWeb);

    /// <summary>Of a <c>Protobuf</c> item: the folder that its imports start at.</summary>
    public static string ProtoRoot => nameof(ProtoRoot);

    /// <summary>Of a described promise: the name of the project that makes it.</summary>
    public static string Project => nameof(Project);

    /// <summary>Of a described promise: the number of chosen realizations, where a matcher may choose several; else empty.</summary>
    public static string Several => nameof(Several);

    /// <summary>Of a promised number: those of the chosen realizations, separated by semicolons; empty: nothing is chosen yet.</summary>
    public static string Numbers => nameof(Numbers);

    /// <summary>Of a described promise: <c>true</c> when the promise is a number.</summary>
    public static string IsNumber => nameof(IsNumber);
}
