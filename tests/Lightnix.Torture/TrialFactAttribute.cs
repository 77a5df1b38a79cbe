namespace Lightnix.Torture;

/// <summary>A trial that needs more of a machine than others: skipped where that is not to be had, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TrialFactAttribute : FactAttribute
{
    public TrialFactAttribute(Needs needs)
    {
        Needs = needs;
        if (Environment.GetEnvironmentVariable("CI") != "true" && Missing(needs) is { } why)
            Skip = "NOT TRIED: " + why;
    }

    static string? Missing(Needs needs) => needs switch
    {
        _ when !OperatingSystem.IsLinux() => "Linux only",
        Needs.Loop => LoopDisk.Missing,
        Needs.Users => Crowd.MissingUsers,
        _ => null,
    };

    public Needs Needs { get; }
}
