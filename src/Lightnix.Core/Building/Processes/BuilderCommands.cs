using System.Diagnostics;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Makes the command of a process from an invocation: finds the program, and compiles C# scripts.</summary>
/// <param name="scripts">Null where there is no <c>dotnet</c>.</param>
sealed class BuilderCommands(ToolFinder tools, DotnetHost? dotnet, CSharpScripts? scripts)
{
    /// <summary>A file of the working folder with a command that is too long for an argument.</summary>
    const string CommandFile = ".lightnix.command";

    /// <exception cref="StartException">A program is missing, or a script does not compile.</exception>
    public async Task<ProcessCommand> OfAsync(
        BuildRequest request, ImmutableSortedDictionary<string, string> environment, CancellationToken cancellationToken) =>
            request.Recipe.Invocation switch
            {
                Invocation.Shell s => Shell(s, request, environment),
                Invocation.Script { Interpreter: "dotnet" } s when s.Path.Name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) =>
                    await CSharpAsync(s, request, environment, cancellationToken).ConfigureAwait(false),
                Invocation.Script s => Script(s, request, environment),
                Invocation.Words w => Command(w.All[0], w.All[1..], request, environment) with { Program = w.ProgramFolder },
                Invocation.Program p => Dotnet(p.Folder, p.Entry.ToString(), p.Arguments, request, environment),
                var other => throw new InvalidOperationException($"unknown invocation {other}"),
            };

    public static ImmutableArray<string> Called(Invocation invocation) => invocation switch
    {
        Invocation.Shell s => [s.Text],
        Invocation.Script s => [s.Interpreter],
        _ => [],
    };

    ProcessCommand Shell(Invocation.Shell shell, BuildRequest request, ImmutableSortedDictionary<string, string> environment)
    {
        var words = CommandLines.Shell(shell.Name, shell.Text)
            ?? throw new StartException($"'{shell.Name}' is not a shell that is known: sh, bash, cmd, pwsh");
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
        // `uv run` is a program and a word, unless a program has that name (C:\Program Files\…).
        if (tools.Find(script.Interpreter, environment) is null
            && script.Interpreter.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, .. { Length: > 0 } more])
            return Command(name, [.. more, .. words], request, environment);
        return Command(script.Interpreter, words, request, environment);
    }

    async Task<ProcessCommand> CSharpAsync(Invocation.Script script, BuildRequest request,
        ImmutableSortedDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var result = await (scripts ?? throw NoDotnet()).CompileAsync(request, script.Path, cancellationToken).ConfigureAwait(false);
        if (result is CSharpScripts.Result.Broken broken)
            throw new StartException(broken.Reason);
        var file = ((CSharpScripts.Result.Compiled)result).File;
        var command = Dotnet(Path.GetDirectoryName(file)!, Path.GetFileName(file), script.Arguments, request, environment);
        return command with { Compiling = clock.Elapsed };
    }

    ProcessCommand Dotnet(string folder, string entry, ImmutableArray<string> arguments, BuildRequest request,
        ImmutableSortedDictionary<string, string> environment) => new()
        {
            File = (dotnet ?? throw NoDotnet()).File,
            Name = "dotnet",
            Words = [Path.Combine(folder, entry), .. arguments],
            Program = folder,
            Environment = environment,
            Folder = request.WorkingFolder,
            LogFile = request.LogFile,
        };

    ProcessCommand Command(string name, ImmutableArray<string> words, BuildRequest request,
        ImmutableSortedDictionary<string, string> environment)
    {
        // `./tools/run` is a source of the stage; a bare name is a program of the system.
        var inFolder = name.Contains('/', StringComparison.Ordinal) && !Path.IsPathFullyQualified(name);
        var place = inFolder ? Path.GetFullPath(name, request.WorkingFolder) : name;
        var file = inFolder && ToolFinder.IsProgram(MountedFiles.Outside(request, place)) ? place : tools.Find(place, environment);
        return new()
        {
            File = file ?? throw new StartException(inFolder ? $"'{name}' is not an executable file of the working folder"
                : $"'{name}' is not on the path"),
            Name = name,
            Words = words,
            Environment = environment,
            Folder = request.WorkingFolder,
            LogFile = request.LogFile,
        };
    }

    static StartException NoDotnet() => new("there is no 'dotnet' on the path");
}
