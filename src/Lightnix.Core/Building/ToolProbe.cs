using System.Collections.Concurrent;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Asks programs for their version, each once.</summary>
/// <param name="folder">For the short-lived folders in which they are asked.</param>
sealed class ToolProbe(string folder, ToolFinder tools, string? dotnetRoot, IReadOnlyDictionary<string, string> caller)
{
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
            return await ProgramAnswer.GetAsync(place, file, ["--version"], BuilderEnvironment.Make(place, dotnetRoot, caller, [], [])).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }
}
