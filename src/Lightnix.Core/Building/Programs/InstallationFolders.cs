namespace Lightnix.Building;

/// <summary>Finds the parts of an installation that a sandbox shows: the whole folder where it holds nothing else, else folders with names
/// of programs, libraries and their data.</summary>
/// <param name="places">Folders that hold more than installations.</param>
/// <param name="isSystem">True of files that every builder sees.</param>
/// <param name="isBuilt">True of files that builders wrote.</param>
sealed class InstallationFolders(WidePlaces places, Func<string, bool> isSystem, Func<string, bool> isBuilt)
{
    /// <summary>Each file costs a mount.</summary>
    const int MostFiles = 64;

    /// <summary>Folders of programs. The installation is the folder above.</summary>
    static readonly ImmutableArray<string> ProgramFolders = ["bin", "sbin", "libexec"];

    /// <summary>What a home or a folder of settings shows. Such folders hold keys and credentials too.</summary>
    static readonly ImmutableArray<string> Code = [.. ProgramFolders, "lib", "lib32", "lib64"];

    static readonly ImmutableArray<string> Usual =
    [
        .. Code, "libx32", "libs", "include", "share", "etc", "man", "doc", "conf", "jmods", "legal", "jars", "boot", "init.d", "modules",
            "plugins", "resources", "locale", "locales", "_internal",
    ];

    /// <summary>Known installations, by a file that only they have.</summary>
    static readonly ImmutableArray<(string Mark, ImmutableArray<string> Names)> Kinds =
    [
        ("host/fxr", ["host", "sdk", "shared", "packs", "templates", "sdk-manifests", "metadata", "library-packs", "store"]),
        ("pyvenv.cfg", ["pyvenv.cfg", "include", "share", "etc"]),
        ("conda-meta", ["conda-meta", "include", "share", "etc", "ssl", "var", "opt", "x86_64-conda-linux-gnu", "aarch64-conda-linux-gnu",
            "compiler_compat", "plugins", "qml", "mkspecs", "fonts"]),
        ("pkg/tool", ["pkg", "src", "api", "misc", "go.env", "VERSION"]),
        (".store", [".store"]),
    ];

    /// <summary>Names of folders that hold installations beside each other, also with a folder for each program between.</summary>
    static readonly ImmutableHashSet<string> Shelves = ImmutableHashSet.Create(
        StringComparer.Ordinal, "opt", "apps", "lib", "lib64", "libexec", "versions", "installs", "toolchains", "candidates", "envs",
            "venvs", "Cellar", "node_modules");

    /// <summary>The parts of the installation of a program.</summary>
    /// <param name="file">Absolute.</param>
    public ImmutableArray<string> Of(string file)
    {
        var own = Path.GetDirectoryName(file)!;
        return [.. OfPrefix(ProgramFolders.Contains(Path.GetFileName(own)) ? Path.GetDirectoryName(own)! : own), file];
    }

    /// <summary>The parts of an installation.</summary>
    /// <param name="prefix">Its folder, absolute.</param>
    public ImmutableArray<string> OfPrefix(string prefix)
    {
        var real = ProgramQuestions.RealPath(prefix);
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

    /// <summary>False for parts outside of the installation, and for those that hold a project or a home.</summary>
    bool IsShown(string part, string prefix)
    {
        var real = ProgramQuestions.RealPath(part);
        return Path.Exists(part) && (SandboxView.IsBelow(real, prefix) || isSystem(real)) && !places.HoldsHidden(real);
    }

    /// <summary>Plain files that programs read, as <c>VERSION</c> and <c>release</c>. Names with a dot are those of settings.</summary>
    static ImmutableArray<string> Files(string prefix)
    {
        // A folder that cannot be listed shows nothing.
        var files = new DirectoryInfo(prefix)
            .EnumerateFiles("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
            .Where(f => f.LinkTarget is null && !f.Name.StartsWith('.')).Select(f => f.Name).Take(MostFiles + 1).ToImmutableArray();
        return files.Length > MostFiles ? [] : files;
    }

    static bool IsOnShelf(string prefix) =>
        Path.GetDirectoryName(prefix) is { } above
            && (Shelves.Contains(Path.GetFileName(above)) || Shelves.Contains(Path.GetFileName(Path.GetDirectoryName(above)) ?? ""));
}
