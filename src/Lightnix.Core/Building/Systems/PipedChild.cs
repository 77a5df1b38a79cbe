using System.ComponentModel;
using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>A process on a system without <c>posix_spawn</c> (Windows). Its output comes through pipes.</summary>
sealed class PipedChild : IChild
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    readonly Process _process;
    readonly Task<string?> _copied;

    PipedChild(Process process, ProcessCommand command)
    {
        _process = process;
        _copied = command.IsOnTerminal ? Task.FromResult<string?>(null) : CopyAsync(process, command);
        Exited = ExitAsync();
    }

    public Task Exited { get; }

    /// <exception cref="StartException">The system refused, and why.</exception>
    public static IChild Start(ProcessCommand command)
    {
        var info = new ProcessStartInfo(command.File)
        {
            WorkingDirectory = command.Folder,
            UseShellExecute = false,
            CreateNoWindow = !command.IsOnTerminal,
            RedirectStandardInput = !command.IsOnTerminal,
            RedirectStandardOutput = !command.IsOnTerminal,
            RedirectStandardError = !command.IsOnTerminal,
        };
        if (command.Line is { } line)
            info.Arguments = line;
        else
            foreach (var word in command.Words)
                info.ArgumentList.Add(word);
        info.Environment.Clear();
        foreach (var (name, value) in command.Environment)
            info.Environment[name] = value;
        try
        {
            var process = Process.Start(info)!;
            if (!command.IsOnTerminal)
                process.StandardInput.Close();
            return new PipedChild(process, command);
        }
        catch (Win32Exception e)
        {
            throw new StartException($"'{command.Name}' cannot be started: {e.Message}");
        }
    }

    static async Task<string?> CopyAsync(Process process, ProcessCommand command)
    {
        using var log = new BuilderLog(command.LogFile);
        using var errors = command.ErrorFile is { } file ? new BuilderLog(file) : null;
        await Task.WhenAll(CopyAsync(process.StandardOutput.BaseStream, log), CopyAsync(process.StandardError.BaseStream, errors ?? log))
            .ConfigureAwait(false);
        return log.Finish();
    }

    static async Task CopyAsync(Stream from, BuilderLog to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            to.Write(buffer.AsSpan(0, count));
    }

    async Task ExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        // A process that it left behind may hold the pipes.
        await Task.WhenAny(_copied, Task.Delay(Rest)).ConfigureAwait(false);
    }

    /// <summary>Windows has no sessions. A job object could list the processes.</summary>
    public ImmutableArray<string> Others() => [];

    public async Task EndAsync(TimeSpan grace)
    {
        _process.Kill(entireProcessTree: true);
        await Exited.ConfigureAwait(false);
    }

    public async Task<string?> FinishLogAsync(TimeSpan patience) =>
        _copied.IsCompletedSuccessfully ? await _copied.ConfigureAwait(false) : null;

    public ExitStatus Collect()
    {
        using (_process)
            return new ExitStatus(_process.ExitCode);
    }
}
