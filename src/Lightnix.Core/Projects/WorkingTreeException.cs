using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>A file or folder of the working tree is there and cannot be taken.</summary>
sealed class WorkingTreeException(string code, string message) : ContentException(code, message)
{
    /// <summary>LNX1015: it cannot be read.</summary>
    public static WorkingTreeException Unreadable(Exception cause) =>
        new("LNX1015", $"{cause.Message}: make it readable, or take it out of the project");

    /// <summary>LNX2007: it holds what no tree may hold.</summary>
    public static WorkingTreeException Refused(string path, IEnumerable<string> refusals) =>
        new("LNX2007", StorageErrors.RefusedText($"'{path}'", refusals));
}
