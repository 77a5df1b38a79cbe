namespace Lightnix.Sdk;

/// <summary>A test that watches a real terminal: skipped where there is no tmux, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && !File.Exists("/usr/bin/tmux"))
            Skip = "NOT TRIED: tmux is not installed";
    }
}
