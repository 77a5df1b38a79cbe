using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Lightnix.Building;

/// <summary>The sandbox of Linux, bubblewrap: it wraps a command into one that sees what its stage declares, the system and its own programs, and nothing else.</summary>
sealed class Sandbox
{
    readonly string _bubblewrap;
    readonly string _folder;
    readonly ToolFinder _tools;
    readonly SandboxSystem _system;
    readonly Installations _installations;
    readonly ConcurrentDictionary<string, Lazy<IReadOnlySet<string>>> _programs = new(StringComparer.Ordinal);
    readonly string? _dotnet;

    Sandbox(string bubblewrap, string folder, ToolFinder tools, string? dotnetRoot, ImmutableArray<string> hidden)
    {
        (_bubblewrap, _folder, _tools, _dotnet) = (bubblewrap, folder, tools, dotnetRoot);
        _system = new(Path.Combine(folder, "etc"), hidden);
        _installations = new(Path.Combine(folder, "asked"), hidden, _system.Shows);
    }

    /// <summary>Of bubblewrap, as <c>bubblewrap 0.8.0</c>.</summary>
    public string Name { get; private init; } = "bubblewrap";

    /// <summary>Finds bubblewrap and runs it, since many a machine has the program and forbids what it does.</summary>
    /// <returns>The sandbox, or why there is none.</returns>
    public static async Task<(Sandbox? Sandbox, string? Missing)> TryAsync(
        string folder, ToolFinder tools, string? dotnetRoot, ImmutableSortedDictionary<string, string> caller, ImmutableArray<string> hidden)
    {
        if (tools.Find("bwrap", caller) is not { } file)
            return (null, "bubblewrap ('bwrap') is not on the path");
        var place = Directory.CreateDirectory(Path.Combine(folder, "asked", Path.GetRandomFileName())).FullName;
        try
        {
            var environment = BuilderEnvironment.Make(place, dotnetRoot, caller, [], []);
            var version = await ProgramAnswer.GetAsync(place, file, ["--version"], environment).ConfigureAwait(false);
            var sandbox = new Sandbox(file, folder, tools, dotnetRoot, hidden) { Name = version?.Split('\n')[0] ?? "bubblewrap" };
            var request = new BuildRequest { Invocation = new Planning.Invocation.Shell("sh", ""), WorkingFolder = place, LogFile = Path.Combine(place, "printed"), Environment = environment };
            var command = new ProcessCommand { File = "/bin/sh", Name = "sh", Words = ["-c", ":"], Environment = environment, Folder = place, LogFile = request.LogFile };
            var (wrapped, _) = await sandbox.WrapAsync(command, request).ConfigureAwait(false);
            await File.WriteAllBytesAsync(wrapped.ErrorFile!, []).ConfigureAwait(false);
            var ended = await ProcessRunner.RunAsync(wrapped, TimeSpan.FromSeconds(10), CancellationToken.None).ConfigureAwait(false);
            var report = await File.ReadAllTextAsync(wrapped.ErrorFile!).ConfigureAwait(false);
            return ended is { TimedOut: false, Status.Succeeded: true } ? (sandbox, null) : (null, $"'{file}' does not work here: {(report.Trim() is { Length: > 0 } text ? text : ended.Status)}");
        }
        catch (StartException e)
        {
            return (null, e.Message);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>The command that runs another in the sandbox. Its <see cref="ProcessCommand.ErrorFile"/> gets the report of <see cref="SandboxGuard"/>.</summary>
    /// <returns>And the programs that it was shown, by name.</returns>
    public async Task<(ProcessCommand Command, ImmutableSortedDictionary<string, string> Programs)> WrapAsync(ProcessCommand command, BuildRequest request)
    {
        var programs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var view = _system.View(request);
        if (_dotnet is not null && !view.Shows(_dotnet))
            view.Show(_dotnet);
        var words = command.Words;
        if (command.Program is { } program)
        {
            view.Show(program, SandboxSystem.Program);
            words = words.SetItem(0, SandboxSystem.Program + words[0][program.Length..]);
        }
        var file = command.Name;
        if (!SandboxView.IsBelow(command.File, request.WorkingFolder))
            (file, programs[command.Name]) = await ShowAsync(view, command.File, command, request).ConfigureAwait(false);
        foreach (var name in Named(command, request).Union(request.Tools))
        {
            if (_tools.Find(name, command.Environment) is { } found)
                programs[name] = (await ShowAsync(view, found, command, request).ConfigureAwait(false)).Real;
        }
        // By its name where that leads to the very file: what programs print about themselves is the same with and without a sandbox.
        if (file == command.File && _tools.Find(command.Name, command.Environment) == file)
            file = command.Name;
        var wrapped = command with
        {
            File = _bubblewrap,
            Name = "bwrap",
            Words = [.. view.Words(), "--chdir", SandboxSystem.Stage, "--", .. SandboxGuard.Words(file, words, command.Environment)],
            ErrorFile = command.LogFile + ".sandbox",
            Guards = true,
        };
        return (wrapped, programs.ToImmutable());
    }

    /// <summary>Shows a program with all that belongs to it, under the name by which it was found too.</summary>
    /// <returns>What is to be run, and what that is.</returns>
    async Task<(string File, string Real)> ShowAsync(SandboxView view, string found, ProcessCommand command, BuildRequest request)
    {
        if (Installations.RealPath(found) is var real && view.Shows(found) && view.Shows(real))
            return (found, real);
        var installation = await _installations.OfAsync(found, request.WorkingFolder, command.Environment).ConfigureAwait(false);
        foreach (var part in installation.Parts.Where(p => !view.Shows(p)))
            view.Show(part);
        if (!view.Shows(found))
        {
            if (installation.Shimmed)
                view.Show(Shim(installation.File), found);
            else
                view.Link(found, real);
        }
        foreach (var name in installation.Needs)
        {
            if (_tools.Find(name, command.Environment) is { } needed && needed != found)
                await ShowAsync(view, needed, command, request).ConfigureAwait(false);
        }
        return (installation.File, installation.Real);
    }

    ImmutableSortedSet<string> Named(ProcessCommand command, BuildRequest request)
    {
        var programs = _programs.GetOrAdd(command.Environment.GetValueOrDefault("PATH") ?? "",
            path => new(() => NamedPrograms.Of(path.Split(':').Where(f => Path.IsPathFullyQualified(f) && !_system.Shows(f)))));
        return NamedPrograms.In([.. command.Words, .. request.Tools], request.WorkingFolder, programs.Value);
    }

    /// <summary>A shim of our own: one that leads to what the user's led to, without all that it needed to find out.</summary>
    string Shim(string file)
    {
        var text = $"#!/bin/sh\nexec '{file.Replace("'", "'\\''", StringComparison.Ordinal)}' \"$@\"\n";
        var shim = Path.Combine(_folder, "shims", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        WrittenOnce.Write(shim, text, executable: true);
        return shim;
    }
}
