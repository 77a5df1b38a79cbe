using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Finds out, outside, what really runs when a program is called: links and shims are followed, Python is asked for its installation.</summary>
/// <param name="folders">Says what is shown of an installation.</param>
/// <param name="isSystem">What every builder sees.</param>
sealed partial class Installations(OutsideQuestions questions, InstallationFolders folders, Func<string, bool> isSystem)
{
    /// <summary>A shim that leads to a shim that leads to … is somebody's mistake.</summary>
    const int Deepest = 8;

    const int LargestSettings = 64 * 1024;

    readonly ConcurrentDictionary<(string File, string Choice), Lazy<Task<Installation>>> _known = [];

    /// <param name="file">The program as it was found on the path, absolute.</param>
    /// <param name="environment">Of the builder: it may say which version a shim takes, and no more.</param>
    public Task<Installation> OfAsync(string file, string workingFolder, IReadOnlyDictionary<string, string> environment) => OfAsync(file, VersionChoice.Of(workingFolder, environment));

    public Task<Installation> OfAsync(string file, VersionChoice choice) => _known.GetOrAdd((file, choice.Key), _ => new(() => FindAsync(file, choice, 0, trusted: false))).Value;

    /// <summary>What is shown of the installation of a program.</summary>
    public ImmutableArray<string> Parts(string file) => isSystem(file) ? [] : folders.Of(file);

    /// <summary>
    /// Three kinds of programs: those on the build's <c>PATH</c>, and what these name, run outside to be asked. Those that a stage names by a path are read only.
    /// Of those that a builder made not even the text is believed, unless what it names is on the <c>PATH</c> anyway.
    /// </summary>
    async Task<Installation> FindAsync(string file, VersionChoice choice, int depth, bool trusted)
    {
        var real = OutsideQuestions.RealPath(file);
        if (depth == Deepest || (isSystem(file) && isSystem(real)))
            return new(file, real, [], Shimmed: false, []);
        var built = questions.Outside.IsBuilt(file);
        trusted = !built && (trusted || questions.Outside.IsOnPath(file));
        var head = ScriptHead.Of(real);
        if (!built && PythonName().IsMatch(Path.GetFileName(file)) && await PythonAsync(file, real, head, choice, trusted).ConfigureAwait(false) is { } python)
            return python;
        if (!built && Shim.Of(file, real, head.Text, questions.Outside.Find) is { } shim && (trusted || IsOwn(shim)))
            return await BehindAsync(shim, file, real, choice, depth).ConfigureAwait(false);
        var parts = Parts(real);
        if (head.Interpreter is not { } interpreter)
            return new(file, real, parts, Shimmed: false, []);
        if (head.Wrapped is { } target && target != file && Follows(target))
            parts = [.. parts, .. (await FindAsync(target, choice, depth + 1, trusted).ConfigureAwait(false)).Parts];
        if (Path.GetFileName(interpreter) == "env")
            return new(file, real, parts, Shimmed: false, [head.Argument]);
        var by = Follows(interpreter) ? await FindAsync(interpreter, choice, depth + 1, trusted).ConfigureAwait(false) : null;
        return new(file, real, [.. parts, .. by?.Parts ?? []], Shimmed: false, by?.Needs ?? []);

        bool Follows(string named) => Path.IsPathFullyQualified(named) && ToolFinder.IsProgram(named) && (!built || questions.Outside.IsOnPath(named));
    }

    /// <summary>Null for what is only called so.</summary>
    async Task<Installation?> PythonAsync(string file, string real, ScriptHead head, VersionChoice choice, bool trusted)
    {
        // A virtual environment says in a file where its own Python is, whose modules it imports.
        var own = VirtualHome(file) is { } home ? Path.Combine(home, "python3") : null;
        if (trusted && (own is null || !questions.Outside.IsBuilt(own)))
            return await AskedAsync(file, choice).ConfigureAwait(false);
        return head.Interpreter is null
            ? new(file, file, [.. Parts(real), .. Parts(file), .. own is not null && ToolFinder.IsProgram(own) ? Parts(own) : []], Shimmed: false, [])
            : null;
    }

    static string? VirtualHome(string file)
    {
        var settings = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? "/", "pyvenv.cfg");
        var home = HomeSetting().Match(SmallFile.Read(settings, LargestSettings) ?? "").Groups[1].Value;
        return Path.IsPathFullyQualified(home) ? home : null;
    }

    /// <summary>Python knows where its installation is. It must not look at its environment, nor at what lies in the folder in which it is asked.</summary>
    async Task<Installation?> AskedAsync(string file, VersionChoice choice)
    {
        // By its whole name: Python looks for itself on the path otherwise, and finds a shim there.
        var answer = await questions.AskAsync(file, ["-I", "-c", "import sys; print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')"],
            file, Homes().Concat(choice.Variables), choice.Files).ConfigureAwait(false);
        return answer.Text?.Split('\n') is [var executable, .. var prefixes] && ToolFinder.IsProgram(executable)
            ? new(executable, executable, [.. Parts(OutsideQuestions.RealPath(executable)), .. Parts(executable), .. prefixes.Where(p => !isSystem(p)).SelectMany(p => folders.OfPrefix(p))], Shimmed: executable != file, [])
            : null;
    }

    /// <summary>Whether a shim is one of the version manager that is on the path.</summary>
    bool IsOwn(Shim shim) => shim.Manager is { } manager && questions.Outside.Find(shim.ManagerName) is { } own && OutsideQuestions.RealPath(own) == OutsideQuestions.RealPath(manager);

    async Task<Installation> BehindAsync(Shim shim, string file, string real, VersionChoice choice, int depth)
    {
        var name = Path.GetFileName(file);
        var answer = shim.Manager is { } manager && File.Exists(manager)
            ? await questions.AskAsync(manager, ["which", name], more: Homes().Concat(choice.Variables).Concat(Trusted(shim.Told)), files: choice.Files).ConfigureAwait(false)
            : new(false, "", $"there is no {shim.ManagerName}");
        if (answer.Succeeded && answer.Printed.Split('\n')[0] is var target && target != file && ToolFinder.IsProgram(target))
            return await FindAsync(target, choice, depth + 1, trusted: true).ConfigureAwait(false) with { Shimmed = true };
        var said = Model.Visible.Text((answer.Complained + '\n' + answer.Printed).Trim().Split('\n')[0]);
        return new(file, real, [], Shimmed: false, [])
        {
            Lost = $"'{name}' ({file}) is a shim of {shim.ManagerName}, which names no program for it{(said.Length == 0 ? "" : ": " + said)}",
        };
    }

    /// <summary>A version manager has its versions and its settings in the home of its user, or where that user says.</summary>
    IEnumerable<KeyValuePair<string, string>> Homes() => Trusted(questions.Caller.Where(v => v.Key == "HOME" || HomeOfManager().IsMatch(v.Key)));

    /// <summary>A manager runs what it finds in these folders.</summary>
    IEnumerable<KeyValuePair<string, string>> Trusted(IEnumerable<KeyValuePair<string, string>> folders) => folders.Where(f => !questions.Outside.IsBuilt(f.Value));

    [GeneratedRegex(@"^(python|pypy)[0-9.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();

    [GeneratedRegex(@"^(?:[A-Z]+ENV_ROOT|ASDF_(?:DIR|DATA_DIR|CONFIG_FILE)|MISE_[A-Z]+_DIR|VOLTA_HOME|RUSTUP_HOME|XDG_(?:DATA|CONFIG|CACHE|STATE)_HOME)$", RegexOptions.CultureInvariant)]
    private static partial Regex HomeOfManager();

    [GeneratedRegex(@"^[ \t]*home[ \t]*=[ \t]*(.*?)[ \t\r]*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex HomeSetting();
}
