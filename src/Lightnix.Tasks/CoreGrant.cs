using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>The number of cores that this task may use: MSBuild shares them among all projects of a build.</summary>
static class CoreGrant
{
    /// <param name="engine">MSBuild takes the grant back when the task ends.</param>
    /// <param name="wanted">The most that runs may take; 0: as many as there are.</param>
    public static int Ask(IBuildEngine engine, int wanted)
    {
        var limit = wanted > 0 ? wanted : int.MaxValue;
        try
        {
            return engine is IBuildEngine9 cores ? cores.RequestCores(limit) : Unlimited(limit);
        }
        catch (NotImplementedException)
        {
            // A task host outside of MSBuild's own process does not hand out cores.
            return Unlimited(limit);
        }
    }

    /// <summary>0 lets the core take what the machine has.</summary>
    static int Unlimited(int limit) => limit == int.MaxValue ? 0 : limit;
}
