namespace Lightnix.Building;

/// <summary>A test in a real sandbox: skipped where there is none, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxFactAttribute : FactAttribute
{
    static readonly Lazy<string?> Missing = new(() =>
    {
        using var bench = new BuilderBench(sandboxed: true);
        return bench.Builders.Sandbox.StateAsync().GetAwaiter().GetResult() is { Name: null } none ? none.Missing ?? "Linux only" : null;
    });

    public SandboxFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && Missing.Value is { } why)
            Skip = "NOT TRIED: " + why;
    }
}
