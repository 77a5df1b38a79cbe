using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>Files of a working folder as the builder sees it: a mounted input lies elsewhere outside.</summary>
static class MountedFiles
{
    /// <summary>As many as Linux follows.</summary>
    const int MostLinks = 40;

    /// <summary>Where a file lies outside, links followed as they lead inside.</summary>
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

    /// <summary>The last of the mounts that has it.</summary>
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
