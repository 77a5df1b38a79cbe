namespace Lightnix.Storage;

/// <summary>A test as another user than root: skipped where that is not possible, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherUserFactAttribute : FactAttribute
{
    // The test assembly has to be readable for him.
    static readonly Lazy<bool> IsPossible = new(() => Sh.Has("setpriv")
        && Sh.TryRun("setpriv", "/", ["--reuid", AnOrdinaryUser.Other, "--regid", AnOrdinaryUser.Other, "--clear-groups", "test", "-r",
            typeof(AnOrdinaryUser).Assembly.Location]).ExitCode == 0);

    public OtherUserFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && !IsPossible.Value)
            Skip = "NOT TRIED: this needs root, setpriv, and an assembly that other users may read";
    }
}
