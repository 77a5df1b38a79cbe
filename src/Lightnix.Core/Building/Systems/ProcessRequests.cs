using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>Asks other processes to end.</summary>
public static class ProcessRequests
{
    /// <summary>Asks a process to end (SIGTERM), so that it can end what it started. On Windows, where no such request exists, it is
    /// ended.</summary>
    public static void End(int process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Libc.Kill(process, Libc.Sigterm);
            return;
        }
        try
        {
            using var other = Process.GetProcessById(process);
            other.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
