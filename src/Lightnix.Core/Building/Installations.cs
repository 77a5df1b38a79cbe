using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Finds out, outside, what really runs when a program is called: links and shims are followed, Python is asked for its installation.</summary>
/// <param name="wide">Folders that no installation may bring in: homes, the project, the store.</param>
/// <param name="isSystem">What every builder sees.</param>
sealed partial class Installations(OutsideQuestions questions, ToolFinder tools, ImmutableArray<string> wide, Func<string, bool> isSystem)
{
    /// <summary>A shim that leads to a shim that leads to … is somebody's mistake.</summary>
    const int Deepest = 8;

    /// <summary>Parts of an installation that lies directly in a home, beside what is no program (<c>~/.local/share</c>, <c>~/.cargo/credentials</c>).</summary>
    static readonly ImmutableArray<string> ProgramFolders = ["bin", "lib", "lib64", "libexec"];

    readonly ConcurrentDictionary<(string File, string Choice), Lazy<Task<Installation>>> _known = [];

    /// <param name="file">The program as it was found on the path, absolute.</param>
    /// <param name="environment">Of the builder: it may say which version a shim takes, and no more.</param>
    public Task<Installation> OfAsync(string file, string workingFolder, IReadOnlyDictionary<string, string> environment) => OfAsync(file, VersionChoice.Of(workingFolder, environment));

    public Task<Installation> OfAsync(string file, VersionChoice choice) => _known.GetOrAdd((file, choice.Key), _ => new(() => FindAsync(file, choice, 0))).Value;

    async Task<Installation> FindAsync(string file, VersionChoice choice, int depth)
    {
        var real = OutsideQuestions.RealPath(file);
        if (depth == Deepest || (isSystem(file) && isSystem(real)))
            return new(file, real, [], Shimmed: false, []);
        if (PythonName().IsMatch(Path.GetFileName(file)) && await PythonAsync(file, choice).ConfigureAwait(false) is { } python)
            return python;
        var head = Head(real);
        if (Shim.Of(file, real, head, name => tools.Find(name, questions.Caller)) is { } shim)
            return await BehindAsync(shim, file, real, choice, depth).ConfigureAwait(false);
        if (Shebang().Match(head) is not { Success: true } shebang)
            return new(file, real, Parts(real), Shimmed: false, []);
        var parts = Parts(real);
        // The wrappers of conda and others end by starting the program itself.
        if (LastExec().Match(head) is { Success: true } wrapped && wrapped.Groups[1].Value is var target && target != file && File.Exists(target))
            parts = [.. parts, .. (await FindAsync(target, choice, depth + 1).ConfigureAwait(false)).Parts];
        var interpreter = shebang.Groups[1].Value;
        if (Path.GetFileName(interpreter) == "env")
            return new(file, real, parts, Shimmed: false, [shebang.Groups[2].Value]);
        var by = File.Exists(interpreter) ? await FindAsync(interpreter, choice, depth + 1).ConfigureAwait(false) : null;
        return new(file, real, [.. parts, .. by?.Parts ?? []], Shimmed: false, by?.Needs ?? []);
    }

    /// <summary>Python knows where its installation is. It must not look at its environment, nor at what lies in the folder in which it is asked.</summary>
    async Task<Installation?> PythonAsync(string file, VersionChoice choice)
    {
        // By its whole name: Python looks for itself on the path otherwise, and finds a shim there.
        var answer = await questions.AskAsync(file, ["-I", "-c", "import sys; print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')"],
            file, Homes().Concat(choice.Variables), choice.Files).ConfigureAwait(false);
        return answer.Text?.Split('\n') is [var executable, .. var prefixes] && File.Exists(executable)
            ? new(executable, executable, [.. Parts(OutsideQuestions.RealPath(executable)), .. Parts(executable), .. prefixes.Where(p => !IsWide(p) && !isSystem(p))], Shimmed: executable != file, [])
            : null;
    }

    async Task<Installation> BehindAsync(Shim shim, string file, string real, VersionChoice choice, int depth)
    {
        var name = Path.GetFileName(file);
        var answer = shim.Manager is { } manager && File.Exists(manager)
            ? await questions.AskAsync(manager, ["which", name], more: Homes().Concat(choice.Variables).Concat(shim.Told), files: choice.Files).ConfigureAwait(false)
            : new(false, "", $"there is no {shim.ManagerName}");
        if (answer.Succeeded && answer.Printed.Split('\n')[0] is var target && target != file && File.Exists(target))
            return await FindAsync(target, choice, depth + 1).ConfigureAwait(false) with { Shimmed = true };
        var said = Model.Visible.Text((answer.Complained + '\n' + answer.Printed).Trim().Split('\n')[0]);
        return new(file, real, [], Shimmed: false, [])
        {
            Lost = $"'{name}' ({file}) is a shim of {shim.ManagerName}, which names no program for it{(said.Length == 0 ? "" : ": " + said)}",
        };
    }

    /// <summary>A version manager has its versions and its settings in the home of its user, or where that user says.</summary>
    IEnumerable<KeyValuePair<string, string>> Homes() => questions.Caller.Where(v => v.Key == "HOME" || HomeOfManager().IsMatch(v.Key));

    ImmutableArray<string> Parts(string path) => isSystem(path) ? [] : Root(path);

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

    [GeneratedRegex(@"^(python|pypy)[0-9.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();

    [GeneratedRegex(@"^(?:[A-Z]+ENV_ROOT|ASDF_(?:DIR|DATA_DIR|CONFIG_FILE)|MISE_[A-Z]+_DIR|VOLTA_HOME|RUSTUP_HOME|XDG_(?:DATA|CONFIG|CACHE|STATE)_HOME)$", RegexOptions.CultureInvariant)]
    private static partial Regex HomeOfManager();

    [GeneratedRegex(@"^#!\s*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex Shebang();

    [GeneratedRegex("""^\s*exec\s+["']?(/[^"'$\s]+)["']?\s(?=[^\n]*"\$@"\s*\z)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex LastExec();
}
