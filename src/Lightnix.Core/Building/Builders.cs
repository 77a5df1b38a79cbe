using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>The builders of this machine.</summary>
public sealed class Builders : IBuilders, IDisposable
{
    /// <summary>In the working folder, beside the run's context: a command that is too long for an argument.</summary>
    const string CommandFile = ".lightnix.command";

    readonly ImmutableSortedDictionary<string, string> _caller;
    readonly ToolFinder _tools = new();
    readonly DotnetHost? _dotnet;
    readonly CSharpScripts? _scripts;
    readonly ToolProbe _probe;
    readonly Downloads _downloads;
    readonly Lazy<Task<SandboxTrial>> _sandbox;
    readonly Watchman _watchman;
    readonly Installations _installations;
    readonly string? _projectFolder;

    /// <param name="cacheFolder">Absolute, made when it is needed; what is in it may be deleted at any time.</param>
    /// <param name="dotnet">The <c>dotnet</c> that runs programs and compiles scripts; null: the one that runs this build.</param>
    /// <param name="environment">The environment of the build; null: of this process.</param>
    /// <param name="projectFolder">Where <c>nuget.config</c> for the packages of C# scripts is looked for, and upwards; null: only the user's own counts.</param>
    /// <param name="hidden">Runs builders in a sandbox where there is one, which shows nothing of these folders (the store, and such) nor of the project and the user's home; null: no sandbox.</param>
    /// <param name="built">Folders with what builders made (the store): no program in them is run outside of a sandbox to be asked something.</param>
    /// <param name="take">Keeps others away from what is made in the cache; null: nobody else uses it.</param>
    /// <param name="keep">Told of what is relied on in the cache folder, by its digest.</param>
    public Builders(
        string cacheFolder, string? dotnet, IReadOnlyDictionary<string, string>? environment = null, string? projectFolder = null,
        IEnumerable<string>? hidden = null, IEnumerable<string>? built = null, TakeLock? take = null, Action<Digest>? keep = null)
    {
        _caller = environment?.ToImmutableSortedDictionary(BuilderEnvironment.Comparer) ?? BuilderEnvironment.OfThisProcess();
        _projectFolder = projectFolder;
        var outside = new OutsidePrograms(_caller, [.. built ?? []]);
        _dotnet = DotnetHost.Find(dotnet, _caller, outside);
        _downloads = new(DownloadPolicy.Default, _caller);
        _watchman = new();
        _scripts = _dotnet is null ? null : new(Path.Combine(cacheFolder, "scripts"), _dotnet, outside, projectFolder, _watchman, take, keep);
        var questions = new OutsideQuestions(Path.Combine(cacheFolder, "probes"), _dotnet?.Root, _caller, outside);
        _installations = new(questions, new(new([]), SandboxSystem.IsOfSystem, outside.IsBuilt), SandboxSystem.IsOfSystem);
        _probe = new(_tools, questions, _installations);
        _sandbox = new(() => OperatingSystem.IsLinux() && hidden is not null
            ? Sandbox.TryAsync(Path.Combine(cacheFolder, "sandbox"), _tools, questions, _dotnet, Hidden(hidden.Append(projectFolder).Append(_caller.GetValueOrDefault("HOME"))))
            : Task.FromResult(SandboxTrial.None));
    }

    /// <summary>Each folder as it was given, and with all links followed: programs are found by either.</summary>
    static ImmutableArray<string> Hidden(IEnumerable<string?> folders) =>
    [
        .. folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(Path.TrimEndingDirectorySeparator).SelectMany(f => new[] { f, OutsideQuestions.RealPath(f) })
            .Where(f => f != "/").Distinct(StringComparer.Ordinal),
    ];

    public async Task<SandboxState> SandboxAsync() => (await _sandbox.Value.ConfigureAwait(false)).State;

    public async Task<BuildOutcome> RunAsync(BuildRequest request, CancellationToken cancellationToken) =>
        Explained(await RunUnexplainedAsync(request, cancellationToken).ConfigureAwait(false), request);

    BuildOutcome Explained(BuildOutcome outcome, BuildRequest request) => outcome is BuildOutcome.Failed { ExitCode: null or 126 or 127 } failed
        ? failed with { Hint = ProjectPrograms.Hint(Called(request.Invocation), request, _projectFolder) }
        : outcome;

    /// <summary>Texts in which programs are called.</summary>
    static ImmutableArray<string> Called(Invocation invocation) => invocation switch
    {
        Invocation.Shell s => [s.Text],
        Invocation.Script s => [s.Interpreter],
        _ => [],
    };

    async Task<BuildOutcome> RunUnexplainedAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var trial = await _sandbox.Value.ConfigureAwait(false);
            if (trial is { IsUndecided: true })
                return new BuildOutcome.Failed(null, $"it is not known whether there is a sandbox: {trial.Missing}");
            var sandbox = trial.Sandbox;
            var environment = BuilderEnvironment.Make(request.WorkingFolder, _dotnet?.Root, _caller, request.PassEnvironment, request.Environment, sandbox is null ? null : SandboxSystem.Stage);
            if (request.PassEnvironment.FirstOrDefault(name => IsSpoilt(name, environment)) is { } spoilt)
                return new BuildOutcome.Failed(null, $"the variable '{spoilt}', which PassEnvironment names, has bytes that are not UTF-8; set it to a text in UTF-8");
            var command = request.Invocation switch
            {
                Invocation.Shell s => Shell(s, request, environment),
                Invocation.Script { Interpreter: "dotnet" } s when s.Path.Name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) => await CSharpAsync(s, request, environment, cancellationToken).ConfigureAwait(false),
                Invocation.Script s => Script(s, request, environment),
                Invocation.Program p => Dotnet(p.Folder, p.Entry.ToString(), p.Arguments, request, environment),
                var other => throw new InvalidOperationException($"no way to run a {other.GetType().Name}"),
            };
            ArgumentLimits.Check(command);
            if (sandbox is not null)
            {
                var (wrapped, shown) = await sandbox.WrapAsync(command, request).ConfigureAwait(false);
                return await SandboxedAsync(wrapped, request, cancellationToken).ConfigureAwait(false) with { Programs = shown };
            }
            // Asked beside the builder, which need not wait for the answer.
            var programs = ProgramsAsync(command, request);
            var outcome = Outcome(await BareAsync(command, request, cancellationToken).ConfigureAwait(false), request);
            return outcome with { Programs = await programs.ConfigureAwait(false) };
        }
        catch (StartException e)
        {
            return new BuildOutcome.Failed(null, e.Message);
        }
    }

    // .NET puts this character for bytes that it cannot read, and every such value becomes the same one.
    bool IsSpoilt(string name, ImmutableSortedDictionary<string, string> environment) =>
        environment.TryGetValue(name, out var value) && value.Contains('\uFFFD', StringComparison.Ordinal) && _caller.GetValueOrDefault(name) == value;

    /// <summary>No builder runs any more.</summary>
    public void Dispose()
    {
        _watchman.Dispose();
        _downloads.Dispose();
    }

    public Task<DownloadOutcome> DownloadAsync(DownloadRequest request, CancellationToken cancellationToken) => _downloads.FetchAsync(request, cancellationToken);

    public Task<ToolVersion?> ProbeAsync(string tool, CancellationToken cancellationToken) => _probe.ProbeAsync(tool, cancellationToken);

    // Names of processes are the builder's own to choose.
    static BuildOutcome Outcome(ProcessRunner.Ended ended, BuildRequest request) =>
        Outcome(ended, new([.. ended.LeftBehind.Select(Visible.Text)], ended.MoreLeftBehind), request) with { Unlogged = ended.Unlogged, Took = ended.Took };

    static BuildOutcome Outcome(ProcessRunner.Ended ended, Leftovers left, BuildRequest request) => ended switch
    {
        { TimedOut: true } => new BuildOutcome.TimedOut(request.TimeLimit!.Value),
        { Status.Succeeded: false } => new BuildOutcome.Failed(ended.Status.Code, ended.Status.ToString()),
        _ when !left.IsEmpty => new BuildOutcome.Failed(0, $"it left {left.Counted} behind: {left.Listed}") { LeftBehind = left },
        _ => new BuildOutcome.Completed(),
    };

    async Task<ProcessRunner.Ended> BareAsync(ProcessCommand command, BuildRequest request, CancellationToken cancellationToken)
    {
        var mark = BuilderEnvironment.MarkOf(Path.Combine(request.WorkingFolder, WorkingFolder.Temporary));
        await _watchman.WatchAsync(mark).ConfigureAwait(false);
        return await ProcessRunner.RunAsync(command with { Mark = mark }, request.TimeLimit, cancellationToken).ConfigureAwait(false);
    }

    static async Task<BuildOutcome> SandboxedAsync(ProcessCommand command, BuildRequest request, CancellationToken cancellationToken)
    {
        await using var printed = PrintedText.Make(command.ErrorFile!);
        var ended = await ProcessRunner.RunAsync(command, request.TimeLimit, cancellationToken).ConfigureAwait(false);
        var report = await PrintedText.ReadAsync(printed).ConfigureAwait(false);
        File.Delete(command.ErrorFile!);
        if (ended.TimedOut)
            return Outcome(ended, request);
        return SandboxGuard.Read(report) is var (left, more)
            ? Outcome(ended with { LeftBehind = [.. left, .. ended.LeftBehind], MoreLeftBehind = more }, request)
            : new BuildOutcome.Failed(null, $"the sandbox could not be made: {(report.Trim() is { Length: > 0 } text ? text : ended.Status)}");
    }

    async Task<ImmutableSortedDictionary<string, string>> ProgramsAsync(ProcessCommand command, BuildRequest request)
    {
        var files = request.Tools.Select(t => (Name: t, File: _tools.Find(t, command.Environment)));
        if (!SandboxView.IsBelow(command.File, request.WorkingFolder))
            files = files.Append((command.Name, command.File));
        var programs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            if (file is not null)
                programs[name] = OperatingSystem.IsWindows() ? ToolFinder.RealFile(file) : (await _installations.OfAsync(file, request.WorkingFolder, command.Environment).ConfigureAwait(false)).Real;
        }
        return programs.ToImmutable();
    }

    ProcessCommand Shell(Invocation.Shell shell, BuildRequest request, ImmutableSortedDictionary<string, string> environment)
    {
        var words = CommandLines.Shell(shell.Name, shell.Text) ?? throw new StartException($"'{shell.Name}' is not a shell that is known: sh, bash, cmd, pwsh");
        var name = CommandFile + (shell.Name == "pwsh" ? ".ps1" : ".sh");
        if (words.Any(ArgumentLimits.IsTooLong) && CommandLines.ShellFile(shell.Name, name) is { } reading)
        {
            File.WriteAllText(Path.Combine(request.WorkingFolder, name), shell.Text + '\n');
            return Command(shell.Name, reading, request, environment) with { Text = shell.Text };
        }
        return Command(shell.Name, words, request, environment) with { Line = CommandLines.Line(shell.Name, shell.Text) };
    }

    ProcessCommand Script(Invocation.Script script, BuildRequest request, ImmutableSortedDictionary<string, string> environment)
    {
        var words = CommandLines.Script(script.Interpreter, script.Path.ToString(), script.Arguments);
        // `uv run` is a program and a word of it, unless there is a program of that name (C:\Program Files\…).
        if (_tools.Find(script.Interpreter, environment) is null && script.Interpreter.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, .. { Length: > 0 } more])
            return Command(name, [.. more, .. words], request, environment);
        return Command(script.Interpreter, words, request, environment);
    }

    async Task<ProcessCommand> CSharpAsync(Invocation.Script script, BuildRequest request, ImmutableSortedDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var scripts = _scripts ?? throw NoDotnet();
        return await scripts.CompileAsync(request.WorkingFolder, script.Path, request.LogFile, request.Waiting, cancellationToken).ConfigureAwait(false) switch
        {
            CSharpScripts.Result.Compiled compiled => Dotnet(Path.GetDirectoryName(compiled.File)!, Path.GetFileName(compiled.File), script.Arguments, request, environment),
            CSharpScripts.Result.Broken broken => throw new StartException(broken.Reason),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    ProcessCommand Dotnet(string folder, string entry, ImmutableArray<string> arguments, BuildRequest request, ImmutableSortedDictionary<string, string> environment) => new()
    {
        File = (_dotnet ?? throw NoDotnet()).File,
        Name = "dotnet",
        Words = [Path.Combine(folder, entry), .. arguments],
        Program = folder,
        Environment = environment,
        Folder = request.WorkingFolder,
        LogFile = request.LogFile,
    };

    ProcessCommand Command(string name, ImmutableArray<string> words, BuildRequest request, ImmutableSortedDictionary<string, string> environment)
    {
        // `./tools/run` is a source of the stage; a bare name is a program of the system.
        var inFolder = name.Contains('/', StringComparison.Ordinal) && !Path.IsPathFullyQualified(name);
        var place = inFolder ? Path.GetFullPath(name, request.WorkingFolder) : name;
        var file = inFolder && ToolFinder.IsProgram(MountedFiles.Outside(request, place)) ? place : _tools.Find(place, environment);
        return new()
        {
            File = file ?? throw new StartException(inFolder ? $"'{name}' is not an executable file of the working folder" : $"'{name}' is not on the path"),
            Name = name,
            Words = words,
            Environment = environment,
            Folder = request.WorkingFolder,
            LogFile = request.LogFile,
        };
    }

    static StartException NoDotnet() => new("there is no 'dotnet' on the path");
}
