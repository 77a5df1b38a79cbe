namespace Lightnix.Storage;

/// <summary>What an error of the file system means, by its number: a message must not guess what helps.</summary>
public static class DiskProblem
{
    /// <summary>There is no room, no number for another file, or a quota is used up.</summary>
    public const string Full = "make room";

    /// <summary>Rights are missing, or the file system may only be read.</summary>
    public const string Forbidden = "correct the permissions";

    // Linux: EPERM, EACCES, ENOSPC, EROFS, EDQUOT. Windows: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    const int NotPermitted = 1, AccessDenied = 13, NoSpace = 28, ReadOnly = 30, Quota = 122;
    const int HandleDiskFull = unchecked((int)0x80070027), DiskFull = unchecked((int)0x80070070);
    const int WindowsAccessDenied = unchecked((int)0x80070005);

    /// <summary>What helps, in a few words; null where the error's own text has to do.</summary>
    public static string? Of(Exception e) => e switch
    {
        UnauthorizedAccessException => Forbidden,
        IOException { HResult: NoSpace or Quota or HandleDiskFull or DiskFull } => Full,
        IOException { HResult: NotPermitted or AccessDenied or ReadOnly or WindowsAccessDenied } => Forbidden,
        _ => null,
    };
}
