using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Tests every promise against the results that the last build chose, and reports each. Runs and writes nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class TestPromises : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        new PromiseReport(BuildEngine).Show(new ProjectDescription(Project).Name, build.Test(), build.PlaceOf);
}
