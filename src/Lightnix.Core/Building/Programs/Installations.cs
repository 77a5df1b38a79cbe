using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Finds the program behind a name, outside of the sandbox: follows links and shims, asks Python for its installation.</summary>
/// <param name="isSystem">True of files that every builder sees.</param>
sealed partial class Installations(ProgramQuestions questions, InstallationFolders folders, Func<string, bool> isSystem)
{
    /// <summary>A longer chain of shims is a mistake.</summary>
    const int Deepest = 8;

    const int LargestSettings = 64 * 1024;

    readonly ConcurrentDictionary<(string File, string Choice), Lazy<Task<Installation>>> _known = [];

    /// <param name="file">The program as found on the path, absolute.</param>
    /// <param name="environment">The environment of the builder, which may choose the version that a shim takes.</param>
    public Task<Installation> OfAsync(string file, string workingFolder, IReadOnlyDictionary<string, string> environment) =>
        OfAsync(file, VersionChoice.Of(workingFolder, environment));

    public Task<Installation> OfAsync(string file, VersionChoice choice) =>
        _known.GetOrAdd((file, choice.Key), _ => new(() => FindAsync(file, choice, 0, trusted: false))).Value;

    public ImmutableArray<string> Parts(string file) => isSystem(file) ? [] : folders.Of(file);

    /// <summary>Programs on the build's <c>PATH</c>, and those that they name, are run to be asked. Programs that a stage names by a path
    /// are only read. The text of a program that a builder wrote counts only where it names a program on the <c>PATH</c>.</summary>
    async Task<Installation> FindAsync(string file, VersionChoice choice, int depth, bool trusted)
    {
        var real = ProgramQuestions.RealPath(file);
        if (depth == Deepest || (isSystem(file) && isSystem(real)))
            return new(file, real, [], Shimmed: false, []);
        var built = questions.Outside.IsBuilt(file);
        trusted = !built && (trusted || questions.Outside.IsOnPath(file));
        var head = ScriptHead.Of(real);
        if (!built && PythonName().IsMatch(Path.GetFileName(file))
            && await PythonAsync(file, real, head, choice, trusted).ConfigureAwait(false) is { } python)
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

        bool Follows(string named) =>
            Path.IsPathFullyQualified(named) && ToolFinder.IsProgram(named) && (!built || questions.Outside.IsOnPath(named));
    }

    /// <summary>Null for a program that only has the name.</summary>
    async Task<Installation?> PythonAsync(string file, string real, ScriptHead head, VersionChoice choice, bool trusted)
    {
        // A virtual environment names its own Python, whose modules it imports.
        var own = VirtualHome(file) is { } home ? Path.Combine(home, "python3") : null;
        if (trusted && (own is null || !questions.Outside.IsBuilt(own)))
            return await AskedAsync(file, choice).ConfigureAwait(false);
        return head.Interpreter is null
            ? new(file, file, [.. Parts(real), .. Parts(file), .. own is not null && ToolFinder.IsProgram(own) ? Parts(own) : []],
                Shimmed: false, [])
            : null;
    }

    static string? VirtualHome(string file)
    {
        var settings = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? "/", "pyvenv.cfg");
        var home = HomeSetting().Match(SmallFile.Read(settings, LargestSettings) ?? "").Groups[1].Value;
        return Path.IsPathFullyQualified(home) ? home : null;
    }

    /// <summary>Python prints its installation. Its environment and its folder must not change the answer.</summary>
    async Task<Installation?> AskedAsync(string file, VersionChoice choice)
    {
        // By its whole path: by name, Python searches the path and may find a shim.
        var answer = await questions.AskAsync(file,
            ["-I", "-c", "import sys; print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')"],
            file, Homes().Concat(choice.Variables), choice.Files).ConfigureAwait(false);
        return answer.Text?.Split('\n') is [var executable, .. var prefixes] && ToolFinder.IsProgram(executable)
            ? new(executable, executable, [.. Parts(ProgramQuestions.RealPath(executable)), .. Parts(executable),
                .. prefixes.Where(p => !isSystem(p)).SelectMany(p => folders.OfPrefix(p))], Shimmed: executable != file, [])
            : null;
    }

    /// <summary>Whether a shim belongs to the version manager on the path.</summary>
    bool IsOwn(Shim shim) => shim.Manager is { } manager && questions.Outside.Find(shim.ManagerName) is { } own
        && ProgramQuestions.RealPath(own) == ProgramQuestions.RealPath(manager);

    async Task<Installation> BehindAsync(Shim shim, string file, string real, VersionChoice choice, int depth)
    {
        var name = Path.GetFileName(file);
        var answer = shim.Manager is { } manager && File.Exists(manager)
            ? await questions.AskAsync(manager, ["which", name], more: Homes().Concat(choice.Variables).Concat(Trusted(shim.Variables)),
                files: choice.Files).ConfigureAwait(false)
            : new(false, "", $"there is no {shim.ManagerName}");
        var target = answer.Printed.Split('\n')[0];
        if (answer.Succeeded && target != file && ToolFinder.IsProgram(target))
            return await FindAsync(target, choice, depth + 1, trusted: true).ConfigureAwait(false) with { Shimmed = true };
        var said = Model.Visible.Text((answer.Complained + '\n' + answer.Printed).Trim().Split('\n')[0]);
        return new(file, real, [], Shimmed: false, [])
        {
            Lost = $"'{name}' ({file}) is a shim of {shim.ManagerName}, which names no program for "
                + $"it{(said.Length == 0 ? "" : ": " + said)}",
        };
    }

    /// <summary>Variables that name the home, and the folders of version managers.</summary>
    IEnumerable<KeyValuePair<string, string>> Homes() =>
        Trusted(questions.Caller.Where(v => v.Key == "HOME" || HomeOfManager().IsMatch(v.Key)));

    /// <summary>Without folders that builders wrote, because a manager runs programs in them.</summary>
    IEnumerable<KeyValuePair<string, string>> Trusted(IEnumerable<KeyValuePair<string, string>> folders) =>
        folders.Where(f => !questions.Outside.IsBuilt(f.Value));

    [GeneratedRegex(@"^(python|pypy)[0-9.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();

    [GeneratedRegex(
        "^(?:[A-Z]+ENV_ROOT|ASDF_(?:DIR|DATA_DIR|CONFIG_FILE)|MISE_[A-Z]+_DIR|(?:VOLTA|RUSTUP)_HOME|XDG_(?:DATA|CONFIG|CACHE|STATE)_HOME)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HomeOfManager();

    [GeneratedRegex(@"^[ \t]*home[ \t]*=[ \t]*(.*?)[ \t\r]*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex HomeSetting();
}
