using System.Reflection;

namespace Lightnix.Sdk;

/// <summary>What all tests of a run share: the packed packages, and a package folder of this run's own.</summary>
static class World
{
    static readonly Lazy<string> Shared = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("lightnix-sdk-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(folder);
        return folder;
    });

    /// <summary>A rebuilt version has the number of the one before: a shared package folder would keep the first.</summary>
    public static string PackageFolder => Path.Combine(Shared.Value, "packages");

    public static string SdkVersion => Metadata("SdkVersion");

    public static string Packages => Metadata("Packages");

    static string Metadata(string key) => typeof(World).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key)
        .Value!;
}
