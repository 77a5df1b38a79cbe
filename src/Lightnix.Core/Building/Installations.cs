using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Finds out, outside, what really runs when a program is called: links and shims are followed, interpreters asked for their installation.</summary>
/// <param name="folder">For the short-lived folders in which they are asked.</param>
/// <param name="wide">Folders that no installation may bring in: homes, the project, the store.</param>
/// <param name="isSystem">What every builder sees.</param>
sealed partial class Installations(string folder, ImmutableArray<string> wide, Func<string, bool> isSystem)
{
    /// <summary>A shim that leads to a shim that leads to … is somebody's mistake.</summary>
    const int Deepest = 8;

    /// <summary>Parts of an installation that lies directly in a home, beside what is no program (<c>~/.local/share</c>, <c>~/.cargo/credentials</c>).</summary>
    static readonly ImmutableArray<string> ProgramFolders = ["bin", "lib", "lib64", "libexec"];

    readonly ConcurrentDictionary<(string File, string How), Lazy<Task<Installation>>> _known = [];

    /// <param name="file">The program as it was found on the path, absolute.</param>
    /// <param name="environment">Of the builder: it says which version a shim takes.</param>
    public Task<Installation> OfAsync(string file, string workingFolder, ImmutableSortedDictionary<string, string> environment)
    {
        // What is different for every run is no reason to ask again; a version file among the sources is.
        var asked = environment.RemoveRange(environment.Keys.Where(k => k.StartsWith("LIGHTNIX_", StringComparison.Ordinal) || k is "HOME" or "TMPDIR" or "TMP" or "TEMP"));
        var here = File.Exists(Path.Combine(workingFolder, ".python-version")) || File.Exists(Path.Combine(workingFolder, ".tool-versions")) ? workingFolder : "";
        var how = $"{here}\n{string.Join('\n', asked.Select(v => $"{v.Key}={v.Value}"))}";
        return _known.GetOrAdd((file, how), _ => new(() => FindAsync(file, workingFolder, environment, 0))).Value;
    }

    async Task<Installation> FindAsync(string file, string workingFolder, ImmutableSortedDictionary<string, string> environment, int depth)
    {
        var real = RealPath(file);
        if (depth == Deepest || (isSystem(file) && isSystem(real)))
            return new(file, real, [], Shimmed: false, []);
        if (PythonName().IsMatch(Path.GetFileName(file)) && await AskAsync(file, ["-c", "import sys; print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')"], workingFolder, environment).ConfigureAwait(false) is { } answer
            && answer.Split('\n') is [var executable, .. var prefixes] && File.Exists(executable))
        {
            return new(executable, executable, [.. Parts(RealPath(executable)), .. Parts(executable), .. prefixes.Where(p => !IsWide(p) && !isSystem(p))], Shimmed: executable != file, []);
        }
        var head = Head(real);
        if (VersionManager().Match(head) is { Success: true } manager)
        {
            // It looks for its versions in the home, unless it is told where they are, as its shims tell it.
            var told = ManagerRoot().Match(head) is { Success: true } root ? environment.SetItem(root.Groups[1].Value, root.Groups[2].Value) : environment;
            return await AskAsync(manager.Groups[1].Value, ["which", Path.GetFileName(file)], workingFolder, told).ConfigureAwait(false) is { } target && target != file && File.Exists(target)
                ? await FindAsync(target, workingFolder, environment, depth + 1).ConfigureAwait(false) with { Shimmed = true }
                // No more than itself: beside it are the shims of others, which lead somewhere.
                : new(file, real, [file], Shimmed: false, []);
        }
        if (Shebang().Match(head) is not { Success: true } shebang)
            return new(file, real, Parts(real), Shimmed: false, []);
        var interpreter = shebang.Groups[1].Value;
        if (Path.GetFileName(interpreter) == "env")
            return new(file, real, Parts(real), Shimmed: false, [shebang.Groups[2].Value]);
        var by = File.Exists(interpreter) ? await FindAsync(interpreter, workingFolder, environment, depth + 1).ConfigureAwait(false) : null;
        return new(file, real, [.. Parts(real), .. by?.Parts ?? []], Shimmed: false, by?.Needs ?? []);

        ImmutableArray<string> Parts(string path) => isSystem(path) ? [] : Root(path);
    }

    /// <summary>The folder above <c>bin</c>, unless it holds more than programs.</summary>
    ImmutableArray<string> Root(string file)
    {
        var own = Path.GetDirectoryName(file)!;
        var root = Path.GetFileName(own) is "bin" or "sbin" ? Path.GetDirectoryName(own)! : own;
        if (IsWide(root))
            return [file];
        return Path.GetDirectoryName(root) is { } above && wide.Contains(above) ? [.. ProgramFolders.Select(p => Path.Combine(root, p)).Append(file).Where(Path.Exists)] : [root];
    }

    bool IsWide(string path) => path == "/" || wide.Any(w => SandboxView.IsBelow(w, path));

    async Task<string?> AskAsync(string file, ImmutableArray<string> words, string workingFolder, ImmutableSortedDictionary<string, string> environment)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        try
        {
            return await ProgramAnswer.GetAsync(place, file, words, environment.SetItem("HOME", place).SetItem("TMPDIR", place), workingFolder).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>The beginning of a script; nothing of what is none, or may be run and not read.</summary>
    static string Head(string file)
    {
        var bytes = new byte[1024];
        var read = 0;
        try
        {
            using var stream = File.OpenRead(file);
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (UnauthorizedAccessException)
        {
        }
        return read > 2 && bytes[0] == '#' && bytes[1] == '!' ? System.Text.Encoding.UTF8.GetString(bytes, 0, read) : "";
    }

    /// <summary>Links in the file's name and in the folders above it are followed.</summary>
    public static string RealPath(string file)
    {
        if (Path.GetDirectoryName(file) is not { } above)
            return file;
        var path = Path.Combine(RealPath(above), Path.GetFileName(file));
        return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Path.Combine(RealPath(Path.GetDirectoryName(target.FullName)!), target.Name) : path;
    }

    [GeneratedRegex(@"^(python|pypy)[0-9.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();

    /// <summary>The shims of pyenv and its family name the program that knows better.</summary>
    [GeneratedRegex("""^exec "([^"$]+/(?:py|rb|nod|pl|go|j)env)" exec""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex VersionManager();

    [GeneratedRegex("""^export ([A-Z]+ENV_ROOT)="([^"$]+)"$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ManagerRoot();

    [GeneratedRegex(@"^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex Shebang();
}
