using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Schemas;

/// <summary>What sdk/ says of items and properties: each with the comment above it.</summary>
static partial class Described
{
    /// <summary>How the tasks are found and where help is: not for authors.</summary>
    static readonly ImmutableArray<string> OfTheSdk =
        ["LightnixSdkRoot", "LightnixTasksAssembly", "LightnixHelpPage", "LightnixSchemaFile"];

    static readonly ImmutableArray<string> Flags = ["true", "false"];
    static readonly ImmutableArray<string> Copies = ["IfDifferent", "Always", "Never"];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank { get; }

    public static ImmutableArray<Thing> Items { get; } =
        [.. Load("Lightnix.Items.props").Elements("ItemDefinitionGroup").Elements()
        .Select(item => Of(item) with { Metadata = [.. item.Elements().Select(Of)] })];

    public static ImmutableArray<Thing> Properties { get; } =
    [
        .. Load("Lightnix.Properties.props").Elements("PropertyGroup").Elements()
            .Concat(Load("DataProject/Lightnix.DataProject.props").Elements("PropertyGroup").Elements("LightnixLinkDir"))
            .Where(p => p.Name.LocalName.StartsWith("Lightnix", StringComparison.Ordinal) && !OfTheSdk.Contains(p.Name.LocalName))
            .DistinctBy(p => p.Name)
            .Select(Of)
            .OrderBy(p => p.Name, StringComparer.Ordinal),
    ];

    public static string File(string name) => RepositoryRoot.File($"sdk/{name}");

    static XElement Load(string name) => XDocument.Load(File(name)).Root!;

    static Thing Of(XElement element) => new(element.Name.LocalName, CommentAbove(element), ValuesOf(element.Name.LocalName));

    static string CommentAbove(XElement element) =>
        element.PreviousNode is XComment comment ? Blank.Replace(comment.Value, " ").Trim() : "";

    /// <summary>What an editor may offer. Nothing is refused by it: a value may be an MSBuild expression.</summary>
    static ImmutableArray<string> ValuesOf(string name) => name switch
    {
        Names.Select => [.. Enum.GetNames<Select>()],
        Names.Type => [.. Enum.GetNames<PromiseType>()],
        Names.Order => ["Max", "Min"],
        Names.Failed => ["Fail", "Skip"],
        Names.Shell => [.. Shells.All],
        Names.CopyToOutputDirectory or Names.CopyToPublishDirectory => Copies,
        Names.OutputItemType => ["Content", "None", "EmbeddedResource", "AdditionalFiles", "Compile"],
        Names.NonEmpty or Names.Network or Names.MustExist or Names.Intermediate or Names.Unpack => Flags,
        Names.Epoch => ["Hourly", "Daily", "Weekly", "Monthly"],
        "LightnixSandbox" => ["Auto", "Required", "None"],
        "LightnixAdopted" => [.. Enum.GetNames<Realizing.AdoptedResults>()],
        "LightnixKeepSources" => [.. Enum.GetNames<KeepSources>()],
        "LightnixGenerateClass" or "LightnixKeepWorkspace" or "LightnixLockedMode" or "LightnixUseLockFile" or "LightnixVerify"
            or "LightnixProjectCache" or "LightnixReport" => Flags,
        _ => [],
    };
}
