namespace Lightnix.Building;

/// <summary>A test that looks at <c>/proc</c> or needs programs of a Linux system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Linux only";
    }
}
