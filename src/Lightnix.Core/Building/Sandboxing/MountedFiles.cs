namespace Lightnix.Building;

/// <summary>Finds the files of a working folder, where mounted inputs lie elsewhere.</summary>
static class MountedFiles
{
    /// <summary>The limit of Linux.</summary>
    const int MostLinks = 40;

    /// <summary>The place of a file outside of the sandbox, links followed as inside.</summary>
    /// <param name="path">Below the working folder, absolute.</param>
    public static string Outside(BuildRequest request, string path)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            if (Mounted(request, path) is not { } file)
                return path;
            if (new FileInfo(file).LinkTarget is not { } target)
                return file;
            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }
        return path;
    }

    /// <summary>The last mount that has the path.</summary>
    static string? Mounted(BuildRequest request, string path)
    {
        for (var i = request.Mounts.Count - 1; i >= 0; i--)
        {
            var (from, at) = request.Mounts[i];
            var place = Path.Combine(request.WorkingFolder, WorkingFolder.Inputs, at.ToString());
            if (SandboxView.IsBelow(path, place))
                return from + path[place.Length..];
        }
        return null;
    }
}
