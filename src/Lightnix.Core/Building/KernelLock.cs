namespace Lightnix.Building;

/// <summary>A lock between processes and threads that ends with its holder, however that ends.</summary>
static class KernelLock
{
    /// <summary>What an <see cref="IOException"/> of a file that another holds carries: Windows' sharing violation, EWOULDBLOCK of Linux and of macOS.</summary>
    static readonly int[] Held = [unchecked((int)0x80070020), 11, 35];

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    /// <param name="file">Made when it is not there, and never deleted: who deletes a lock file may delete another's.</param>
    public static async Task<IDisposable> TakeAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (Held.Contains(e.HResult))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
