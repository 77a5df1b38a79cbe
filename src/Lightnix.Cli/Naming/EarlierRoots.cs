using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Roots of projects as they were after an earlier build.</summary>
/// <param name="build">1: the last one; null: as they are.</param>
sealed class EarlierRoots(Store store, ImmutableArray<Root> roots, int? build)
{
    readonly ImmutableArray<(Root Root, ImmutableArray<RememberedBuild> Builds)> _histories =
        build is null ? [] : [.. roots.Select(r => (r, new BuildQuery(store).Of(r)))];

    /// <summary>Projects with fewer builds are left out.</summary>
    public ImmutableArray<Root> All => build is not { } number ? roots :
    [
        .. _histories.Where(h => number > 0 && number <= h.Builds.Length)
            .Select(h => h.Root with
            {
                Stages = h.Builds[number - 1].Chosen,
                Pending = h.Root.Pending.Clear(),
                Failed = h.Root.Failed.Clear(),
            }),
    ];

    /// <summary>Why there is nothing of that build.</summary>
    /// <param name="what">As <c>'model'</c>.</param>
    public MistakeException NotThere(string what)
    {
        var most = _histories.Max(h => h.Builds.Length);
        var builds = most switch
        {
            0 => "the store knows no build of it",
            _ when build <= most && build > 0 => "it was not chosen then",
            _ => string.Create(CultureInfo.InvariantCulture, $"builds are numbered from @1, the last one, to @{most}"),
        };
        return new($"there is no {what} after build @{build?.ToString(CultureInfo.InvariantCulture)} of '{roots[0].Project}': {builds} "
            + $"('{store.Tool.Of("history")}' lists them)");
    }
}
