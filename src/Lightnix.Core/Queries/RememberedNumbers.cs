using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Queries;

/// <summary>Numbers that a choice promised in the last build because all its stages did. Where only the last build is asked, stages of
/// other projects are not known, nor what the choice inherits from them.</summary>
static class RememberedNumbers
{
    /// <summary>Promises that the root knows by their keys: of files that were read, and of the metric.</summary>
    public static IEnumerable<Promise> Of(PlannedStage stage, Selection last)
    {
        if (stage.Item.Find(Names.From)?.Contains(':', StringComparison.Ordinal) != true)
            return [];
        var possible = last.Reads.Select(path => Inherited(stage, path, PromiseType.Number, null));
        if (last.Matcher.Metric is { Pointer: { } pointer, File: var file })
            possible = possible.Concat(Enum.GetValues<PromiseType>().Select(type => Inherited(stage, file, type, pointer)));
        return possible.Where(p => last.Promises.Contains(PromiseKey.Of(p)));
    }

    static Promise Inherited(PlannedStage stage, RelativePath path, PromiseType type, string? pointer) =>
        new() { Path = path, Item = stage.Item, Type = type, Pointer = pointer, IsInherited = true };
}
