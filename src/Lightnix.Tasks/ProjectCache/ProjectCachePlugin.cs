using System.Collections.Concurrent;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Graph;
using Microsoft.Build.ProjectCache;

namespace Lightnix.Tasks;

/// <summary>Answers for whole projects in a graph build. Where a build would run nothing and warn of nothing, the plugin checks the
/// promises and makes the links and the root, and none of the project's targets runs. Opt-in by <c>LightnixProjectCache</c>.</summary>
public sealed class ProjectCachePlugin : ProjectCachePluginBase
{
    // A stage that reads another project needs the choices of that project.
    readonly ConcurrentDictionary<ProjectInstance, ITaskItem[]> _handed = new(ReferenceEqualityComparer.Instance);
    ProjectGraph? _graph;

    public override Task BeginBuildAsync(CacheContext context, PluginLoggerBase logger, CancellationToken cancellationToken)
    {
        _graph = context.Graph;
        _handed.Clear();
        return Task.CompletedTask;
    }

    public override Task EndBuildAsync(PluginLoggerBase logger, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<CacheResult> GetCacheResultAsync(
        BuildRequestData buildRequest, PluginLoggerBase logger, CancellationToken cancellationToken) =>
        Task.Run(() => Ask(buildRequest, logger, cancellationToken), cancellationToken);

    CacheResult Ask(BuildRequestData request, PluginLoggerBase logger, CancellationToken cancellationToken)
    {
        if (_graph?.ProjectNodes.FirstOrDefault(n => ReferenceEquals(n.ProjectInstance, request.ProjectInstance)) is not { } node)
            return CacheResult.IndicateNonCacheHit(CacheResultType.CacheNotApplicable);
        var project = new CachedProject(node);
        var targets = request.TargetNames.Count > 0 ? [.. request.TargetNames] : node.ProjectInstance.DefaultTargets;
        if (project.WhyNot(targets) is { } why)
        {
            logger.LogMessage($"{project.Name}: the store is not asked for the whole project: {why}", MessageImportance.Low);
            return CacheResult.IndicateNonCacheHit(CacheResultType.CacheNotApplicable);
        }
        if (project.Received(_handed) is not { } received || project.Programs() is not { } programs
            || project.Answer(received, programs, new PluginEngine(logger), cancellationToken) is not { } answer)
            return CacheResult.IndicateNonCacheHit(CacheResultType.CacheMiss);
        _handed[node.ProjectInstance] = answer.Handed;
        // MSBuild accepts an answer only if it has the initial targets too.
        var initial = node.ProjectInstance.InitialTargets.Except(targets, StringComparer.OrdinalIgnoreCase);
        return CacheResult.IndicateCacheHit(
        [
            .. initial.Select(t => new PluginTargetResult(t, [], BuildResultCode.Success)),
            .. targets.Select(t => new PluginTargetResult(t, [.. answer.Of(t).Cast<ITaskItem2>()], BuildResultCode.Success)),
        ]);
    }
}
