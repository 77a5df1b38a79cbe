using System.Collections.Concurrent;

namespace Lightnix.Building;

/// <summary>The sandbox of Linux, bubblewrap. It wraps a command into one that sees the declared files, the system and its own
/// programs.</summary>
sealed class Sandbox
{
    static readonly ImmutableSortedDictionary<string, string> NoVariables =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    readonly string _bubblewrap;
    readonly string _folder;
    readonly ToolFinder _tools;
    readonly SandboxSystem _system;
    readonly Installations _installations;
    readonly ConcurrentDictionary<string, Lazy<IReadOnlySet<string>>> _programs = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);
    readonly ImmutableArray<string> _dotnet;

    Sandbox(string bubblewrap, string folder, ToolFinder tools, ProgramQuestions questions, DotnetHost? dotnet,
        ImmutableArray<string> hidden)
    {
        (_bubblewrap, _folder, _tools) = (bubblewrap, folder, tools);
        _system = new(Path.Combine(folder, "etc"), hidden);
        _installations = new(questions, new(new(hidden), _system.Shows, questions.Outside.IsBuilt), _system.Shows);
        _dotnet = dotnet is null ? [] : _installations.Parts(ToolFinder.RealFile(dotnet.File));
    }

    /// <summary>Name and version, as <c>bubblewrap 0.8.0</c>.</summary>
    public string Name { get; private init; } = "bubblewrap";

    /// <summary>Time for bubblewrap to start a shell on a slow machine. Where bubblewrap is forbidden, it fails at once.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    const int Tries = 2;

    /// <summary>Finds bubblewrap and runs it, because many machines have the program and forbid it.</summary>
    public static async Task<SandboxTrial> TryAsync(string folder, ToolFinder tools, ProgramQuestions questions, DotnetHost? dotnet,
        ImmutableArray<string> hidden)
    {
        if (questions.Outside.Find("bwrap") is not { } file)
        {
            return new(null, tools.Find("bwrap", questions.Caller) is { } built
                ? $"'{built}' was made by a builder, and does not run outside of a sandbox; no other 'bwrap' is on the path"
                : "bubblewrap ('bwrap') is not on the path");
        }
        var version = await questions.AskAsync(file, ["--version"]).ConfigureAwait(false);
        var sandbox = new Sandbox(file, folder, tools, questions, dotnet, hidden) { Name = version.Text?.Split('\n')[0] ?? "bubblewrap" };
        for (var trial = 1; ; trial++)
        {
            var result = await sandbox.TryAsync(dotnet?.Root, questions.Caller).ConfigureAwait(false);
            if (trial == Tries || !result.IsUndecided)
                return result;
        }
    }

    async Task<SandboxTrial> TryAsync(string? dotnetRoot, IReadOnlyDictionary<string, string> caller)
    {
        var place = Directory.CreateDirectory(Path.Combine(_folder, "asked", Path.GetRandomFileName())).FullName;
        try
        {
            var environment = BuilderEnvironment.Make(place, dotnetRoot, caller, [], []);
            var request = new BuildRequest
            {
                Recipe = new() { Invocation = new Planning.Invocation.Shell("sh", ""), Environment = environment },
                WorkingFolder = place,
                LogFile = Path.Combine(place, "printed"),
            };
            var command = new ProcessCommand
            {
                File = "/bin/sh",
                Name = "sh",
                Words = ["-c", ":"],
                Environment = environment,
                Folder =
                place,
                LogFile = request.LogFile
            };
            var (wrapped, _) = await WrapAsync(command, request).ConfigureAwait(false);
            await File.WriteAllBytesAsync(wrapped.ErrorFile!, []).ConfigureAwait(false);
            var ended = await ProcessRunner.RunAsync(wrapped, Patience, CancellationToken.None).ConfigureAwait(false);
            return SandboxTrial.Of(this, _bubblewrap, ended, await PrintedText.ReadAsync(wrapped.ErrorFile!).ConfigureAwait(false),
                Patience);
        }
        catch (StartException e)
        {
            return SandboxTrial.Refused(_bubblewrap, e.Message);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>The command that runs another in the sandbox, with the programs that it shows. <see cref="ProcessCommand.ErrorFile"/>
    /// receives the report of <see cref="SandboxGuard"/>.</summary>
    /// <exception cref="StartException">The command's program is a shim that leads nowhere, or a text has a NUL character.</exception>
    public async Task<(ProcessCommand Command, ImmutableSortedDictionary<string, string> Programs)> WrapAsync(ProcessCommand command,
        BuildRequest request)
    {
        var view = _system.View(request);
        foreach (var part in _dotnet.Where(p => !view.Shows(p)))
            view.Show(part);
        var words = command.Words;
        if (command.Program is { } program)
        {
            view.Show(program, SandboxSystem.Program);
            if (!words.IsEmpty && SandboxView.IsBelow(words[0], program))
                words = words.SetItem(0, SandboxSystem.Program + words[0][program.Length..]);
        }
        var shown = new ShownPrograms(_tools, _installations, _system, Path.Combine(_folder, "shims"));
        var file = command.Name;
        if (!SandboxView.IsBelow(command.File, request.WorkingFolder))
        {
            var own = await shown.AddAsync(command.Name, command.File, command, request).ConfigureAwait(false);
            file = own.Lost is { } lost ? throw new StartException(lost) : own.File;
        }
        foreach (var name in Named(command, request).Union(request.Recipe.Tools))
        {
            if (_tools.Find(name, command.Environment) is { } found
                && (await shown.AddAsync(name, found, command, request).ConfigureAwait(false)).Lost is { } lost
                    && _reported.TryAdd(lost, true))
                request.Notice?.Invoke(lost);
        }
        shown.Show(view);
        // By name where that leads to the same file, so that programs print the same names with and without a sandbox.
        if (file == command.File && _tools.Find(command.Name, command.Environment) == file)
            file = command.Name;
        return (request.IsOnTerminal ? WrapOnTerminal(command, view, request, [file, .. words]) : Wrap(command, view, request, file, words),
            shown.Real);
    }

    /// <summary>Without the guard, and without its report: a person sees what runs, and the sandbox ends with the person's
    /// program.</summary>
    ProcessCommand WrapOnTerminal(ProcessCommand command, SandboxView view, BuildRequest request, ImmutableArray<string> words)
    {
        const int settings = SandboxInit.Information, variables = settings + 1;
        return Wrap(command, view, request, settings, variables) with
        {
            IsOnTerminal = true,
            Words = [.. Options(request, settings), "--", "/bin/sh", "-c", ". /proc/self/fd/$0; exec \"$@\"",
                variables.ToString(CultureInfo.InvariantCulture), .. words],
        };
    }

    ProcessCommand Wrap(ProcessCommand command, SandboxView view, BuildRequest request, string file, ImmutableArray<string> words)
    {
        const int settings = SandboxInit.Next, variables = settings + 1;
        return Wrap(command, view, request, settings, variables) with
        {
            Words = [.. Option("--info-fd", SandboxInit.Information), .. Options(request, settings), "--",
                .. SandboxGuard.Words(variables, file, words)],
            ErrorFile = command.LogFile + ".sandbox",
            Guards = true,
        };
    }

    /// <summary>Bubblewrap runs outside, so it gets declared values only as text that it reads. Variables could load a builder's library
    /// into it, and a list of processes would show its options.</summary>
    /// <param name="settings">The first of its descriptors, which are without gaps.</param>
    ProcessCommand Wrap(ProcessCommand command, SandboxView view, BuildRequest request, int settings, int variables)
    {
        ImmutableArray<string> options = [.. view.Words(), "--chdir", SandboxSystem.Stage, "--setenv", "PATH", SandboxGuard.Path];
        PosixSpawn.RefuseNul(options.Concat(command.Environment.Keys).Concat(command.Environment.Values));
        var given = ImmutableArray.Create<ReadOnlyMemory<byte>>(
            Encoding.UTF8.GetBytes(string.Concat(options.Select(s => s + '\0'))),
                Encoding.UTF8.GetBytes(BuilderVariables.Lines(command.Environment, variables, joinsOutputs: !request.IsOnTerminal)));
        return command with
        {
            File = _bubblewrap,
            Name = "bwrap",
            Environment = NoVariables,
            Folder = "/",
            Given = Filter(request) is { } bytes ? given.Add(bytes) : given,
        };
    }

    static ReadOnlyMemory<byte>? Filter(BuildRequest request) => SystemCallFilter.For(SystemTraits.Processor, request.Recipe.Network);

    static ImmutableArray<string> Options(BuildRequest request, int settings) =>
        [.. Option("--args", settings), .. Filter(request) is null ? [] : Option("--seccomp", settings + 2)];

    static ImmutableArray<string> Option(string name, int descriptor) => [name, descriptor.ToString(CultureInfo.InvariantCulture)];

    ImmutableSortedSet<string> Named(ProcessCommand command, BuildRequest request)
    {
        var programs = _programs.GetOrAdd(command.Environment.GetValueOrDefault("PATH") ?? "",
            path => new(() => NamedPrograms.Of(path.Split(':').Where(f => Path.IsPathFullyQualified(f) && !_system.Shows(f)))));
        return NamedPrograms.In([.. command.Words, .. command.Text is { } text ? [text] : Array.Empty<string>(), .. request.Recipe.Tools],
            request.WorkingFolder, programs.Value);
    }
}
