using Microsoft.Win32.SafeHandles;

namespace Lightnix.Torture;

/// <summary>Open files, of which a process may have so many.</summary>
static class Descriptors
{
    static readonly List<SafeFileHandle> Taken = [];

    /// <summary>Takes all descriptors that the process may still have, but some. Its limit had better be low.</summary>
    public static void LeaveOnly(int count)
    {
        try
        {
            while (true)
                Taken.Add(File.OpenHandle("/dev/null"));
        }
        catch (IOException)
        {
            foreach (var last in Taken.TakeLast(count))
                last.Dispose();
        }
    }
}
