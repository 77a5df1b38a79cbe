namespace Lightnix.Cli;

/// <summary>A test with a real browser: skipped where there is no Chromium or no page of <c>./build pack</c>, except in CI, where it
/// fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            return;
        if (!File.Exists(OpenedPage.Browser))
            Skip = $"NOT TRIED: {OpenedPage.Browser} is not installed";
        else if (PageBundle.Script is null || !File.Exists(OpenedPage.Axe))
            Skip = "NOT TRIED: the tool was built before './build pack' made its page";
    }
}
