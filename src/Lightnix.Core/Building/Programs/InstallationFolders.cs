using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>
/// Says which parts of an installation a sandbox shows: all of a folder that holds nothing but the installation, and of other folders only
/// the parts whose
/// names are those of programs, libraries and their data.
/// </summary>
/// <param name="places">Folders that hold more than installations.</param>
/// <param name="isSystem">What every builder sees.</param>
/// <param name="isBuilt">What builders made.</param>
sealed class InstallationFolders(WidePlaces places, Func<string, bool> isSystem, Func<string, bool> isBuilt)
{
    /// <summary>Each file is a mount of its own.</summary>
    const int MostFiles = 64;

    /// <summary>Folders in which programs lie: the installation is the folder above.</summary>
    static readonly ImmutableArray<string> ProgramFolders = ["bin", "sbin", "libexec"];

    /// <summary>
    /// All that is shown of a home, or of a folder of settings in it (<c>~/.local/share</c> holds keys, <c>~/.cargo/credentials</c> is
    /// one).
    /// </summary>
    static readonly ImmutableArray<string> Code = [.. ProgramFolders, "lib", "lib32", "lib64"];

    static readonly ImmutableArray<string> Usual =
    [
        .. Code, "libx32", "libs", "include", "share", "etc", "man", "doc", "conf", "jmods", "legal", "jars", "boot", "init.d", "modules",
            "plugins", "resources", "locale", "locales", "_internal",
    ];

    /// <summary>Installations of a known kind, by something that only they have.</summary>
    static readonly ImmutableArray<(string Mark, ImmutableArray<string> Names)> Kinds =
    [
        ("host/fxr", ["host", "sdk", "shared", "packs", "templates", "sdk-manifests", "metadata", "library-packs", "store"]),
        ("pyvenv.cfg", ["pyvenv.cfg", "include", "share", "etc"]),
        ("conda-meta", ["conda-meta", "include", "share", "etc", "ssl", "var", "opt", "x86_64-conda-linux-gnu", "aarch64-conda-linux-gnu",
            "compiler_compat", "plugins", "qml", "mkspecs", "fonts"]),
        ("pkg/tool", ["pkg", "src", "api", "misc", "go.env", "VERSION"]),
        (".store", [".store"]),
    ];

    /// <summary>
    /// Folders that hold one installation beside another, by name; also where a folder for each program, with its versions, lies between.
    /// </summary>
    static readonly ImmutableHashSet<string> Shelves = ImmutableHashSet.Create(
        StringComparer.Ordinal, "opt", "apps", "lib", "lib64", "libexec", "versions", "installs", "toolchains", "candidates", "envs",
            "venvs", "Cellar", "node_modules");

    /// <summary>What is shown of the installation of a program.</summary>
    /// <param name="file">Absolute.</param>
    public ImmutableArray<string> Of(string file)
    {
        var own = Path.GetDirectoryName(file)!;
        return [.. OfPrefix(ProgramFolders.Contains(Path.GetFileName(own)) ? Path.GetDirectoryName(own)! : own), file];
    }

    /// <summary>What is shown of an installation.</summary>
    /// <param name="prefix">Its folder, absolute.</param>
    public ImmutableArray<string> OfPrefix(string prefix)
    {
        var real = OutsideQuestions.RealPath(prefix);
        if (!Directory.Exists(real))
            return [];
        var place = places.Of(real);
        if (place == WidePlaces.Kind.None && (isBuilt(real) || IsOnShelf(real)))
            return [prefix];
        if (place == WidePlaces.Kind.Hidden)
            return [];
        var names = (place == WidePlaces.Kind.Home ? Code : Usual)
            .Concat(Kinds.Where(k => Path.Exists(Path.Combine(real, k.Mark))).SelectMany(k => k.Names))
            .Distinct(StringComparer.Ordinal)
            .Where(n => IsShown(Path.Combine(real, n), real));
        return [.. names.Concat(place == WidePlaces.Kind.None && !real.Contains("/.", StringComparison.Ordinal) ? Files(real) : [])
            .Select(n => Path.Combine(prefix, n))];
    }

    /// <summary>Not what it does not hold itself, nor what holds a project or a home.</summary>
    bool IsShown(string part, string prefix) =>
        Path.Exists(part) && OutsideQuestions.RealPath(part) is var real && (SandboxView.IsBelow(real, prefix) || isSystem(real))
            && !places.HoldsHidden(real);

    /// <summary>
    /// Plain files beside its folders, which programs read as <c>VERSION</c> and <c>release</c>. Names with a dot in front are those of
    /// settings.
    /// </summary>
    static ImmutableArray<string> Files(string prefix)
    {
        // A folder that may be passed and not read has nothing to show.
        var files = new DirectoryInfo(prefix)
            .EnumerateFiles("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
            .Where(f => f.LinkTarget is null && !f.Name.StartsWith('.')).Select(f => f.Name).Take(MostFiles + 1).ToImmutableArray();
        return files.Length > MostFiles ? [] : files;
    }

    static bool IsOnShelf(string prefix) =>
        Path.GetDirectoryName(prefix) is { } above
            && (Shelves.Contains(Path.GetFileName(above)) || Shelves.Contains(Path.GetFileName(Path.GetDirectoryName(above)) ?? ""));
}
