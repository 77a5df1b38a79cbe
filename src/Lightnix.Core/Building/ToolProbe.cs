using System.Collections.Concurrent;
using System.Text;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Asks programs for their version, each once.</summary>
/// <param name="folder">For the short-lived folders in which they are asked.</param>
sealed class ToolProbe(string folder, ToolFinder tools, string? dotnetRoot, IReadOnlyDictionary<string, string> caller)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, Lazy<Task<ToolVersion>>> _known = new(StringComparer.Ordinal);

    public async Task<ToolVersion?> ProbeAsync(string tool, CancellationToken cancellationToken)
    {
        if (tools.Find(tool, caller) is not { } file)
            return null;
        // The asking itself is not cancelled: another build in this process may wait for the same answer.
        var answer = _known.GetOrAdd(file, _ => new(() => AskAsync(file)));
        return await answer.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A shim (pyenv, rustup) is asked as it stands, since that is what a stage would run; a tool without an answer is known by its bytes.</summary>
    async Task<ToolVersion> AskAsync(string file)
    {
        var real = ToolFinder.RealFile(file);
        return new(real, await AnswerAsync(file).ConfigureAwait(false) ?? $"sha256 {DigestOf(real)}");
    }

    async Task<string?> AnswerAsync(string file)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        try
        {
            var command = new ProcessCommand
            {
                File = file,
                Name = Path.GetFileName(file),
                Words = ["--version"],
                Environment = BuilderEnvironment.Make(place, dotnetRoot, caller, [], []),
                Folder = place,
                LogFile = Path.Combine(place, "printed"),
                ErrorFile = Path.Combine(place, "complained"),
            };
            await File.WriteAllBytesAsync(command.ErrorFile, []).ConfigureAwait(false);
            var ended = await ProcessRunner.RunAsync(command, Patience, CancellationToken.None).ConfigureAwait(false);
            return ended is { TimedOut: false, Status.Succeeded: true } ? Text(command.LogFile) ?? Text(command.ErrorFile) : null;
        }
        catch (StartException)
        {
            return null;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    static string? Text(string file) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(file)).ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }
}
