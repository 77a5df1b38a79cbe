using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>The items that the targets of a built project return.</summary>
/// <param name="Project">The answer to <c>GetTargetFrameworks</c>.</param>
sealed record CacheAnswer(ITaskItem Project, ITaskItem[] Artifacts, ITaskItem[] Handed)
{
    // The targets of sdk/DataProject and sdk/Stages; a test compares.
    static readonly Dictionary<string, Func<CacheAnswer, IEnumerable<ITaskItem>>> Targets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Build"] = _ => [],
        ["LightnixRealize"] = _ => [],
        ["GetTargetPath"] = _ => [],
        ["GetTargetPathWithTargetPlatformMoniker"] = _ => [],
        ["GetNativeManifest"] = _ => [],
        ["GetTargetFrameworks"] = a => [a.Project],
        ["GetTargetFrameworksWithPlatformForSingleTargetFramework"] = a => [a.Project],
        ["GetLightnixStages"] = a => a.Handed,
        ["GetLightnixDeclarations"] = a => a.Handed,
        ["GetLightnixFiles"] = a => a.Artifacts,
        ["GetCopyToOutputDirectoryItems"] = a => a.Artifacts.Where(i => IsCopied(i, "CopyToOutputDirectory")),
        ["GetCopyToPublishDirectoryItems"] = a => a.Artifacts.Where(i => IsCopied(i, "CopyToPublishDirectory")),
    };

    public static bool Knows(string target) => Targets.ContainsKey(target);

    public IEnumerable<ITaskItem> Of(string target) => Targets[target](this);

    static bool IsCopied(ITaskItem item, string metadata) =>
        item.GetMetadata(metadata) is { Length: > 0 } when && !when.Equals("Never", StringComparison.OrdinalIgnoreCase);
}
