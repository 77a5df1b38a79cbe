namespace Lightnix.Building;

/// <summary>Which programs of this machine may run outside of the sandbox: bubblewrap, <c>dotnet</c>, tools, Python, shims.</summary>
/// <param name="caller">The environment of the build.</param>
/// <param name="built">Folders that builders wrote: the store.</param>
sealed class TrustedPrograms(IReadOnlyDictionary<string, string> caller, ImmutableArray<string> built)
{
    const string PathVariable = "PATH";

    /// <summary>Linux follows no longer chain of interpreters.</summary>
    const int Deepest = 4;

    readonly ImmutableArray<string> _built = [.. built.Select(ProgramQuestions.RealPath)];
    readonly Lazy<ImmutableHashSet<string>> _folders = new(() => (caller.GetValueOrDefault(PathVariable) ?? "").Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified).Select(f => ProgramQuestions.RealPath(Path.TrimEndingDirectorySeparator(f)))
            .ToImmutableHashSet(StringComparer.Ordinal));

    ImmutableSortedDictionary<string, string>? _environment;

    /// <summary>The build's environment. Its <c>PATH</c> lacks folders that builders wrote: programs start others by name.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment ??= WithoutBuilders();

    ImmutableSortedDictionary<string, string> WithoutBuilders()
    {
        var all = caller.ToImmutableSortedDictionary(BuilderEnvironment.Comparer);
        return all.TryGetValue(PathVariable, out var path)
            ? all.SetItem(PathVariable, string.Join(Path.PathSeparator, path.Split(Path.PathSeparator).Where(f => !IsBuilt(f))))
            : all;
    }

    /// <summary>Whether a builder wrote a file or its folder, all links followed.</summary>
    public bool IsBuilt(string path) =>
        Path.IsPathFullyQualified(path) && (IsWithin(path) || (Path.GetDirectoryName(path) is { } folder && IsWithin(folder)));

    bool IsWithin(string path)
    {
        var real = ProgramQuestions.RealPath(Path.TrimEndingDirectorySeparator(path));
        return _built.Any(b => SandboxView.IsBelow(real, b));
    }

    /// <summary>Whether no builder wrote a program or the interpreter in its first line.</summary>
    public bool MayRun(string file) => MayRun(file, 0);

    bool MayRun(string file, int depth) =>
        !IsBuilt(file) && (depth == Deepest || !SystemTraits.HasInterpreterLines || ScriptHead.Of(file).Interpreter is not { } interpreter
            || MayRun(interpreter, depth + 1));

    /// <summary>Whether a program lies in a folder of the build's own <c>PATH</c>.</summary>
    public bool IsOnPath(string file) =>
        Path.GetDirectoryName(file) is { } folder && _folders.Value.Contains(ProgramQuestions.RealPath(folder));

    /// <summary>The first program of a name on the path that no builder wrote.</summary>
    public string? Find(string name) => ToolFinder.FindAll(name, caller).FirstOrDefault(MayRun);
}
