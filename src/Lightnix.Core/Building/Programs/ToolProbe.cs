using System.Collections.Concurrent;

namespace Lightnix.Building;

/// <summary>Asks programs for their versions, each once.</summary>
sealed class ToolProbe(ToolFinder tools, ProgramQuestions questions, Installations installations)
{
    readonly ConcurrentDictionary<string, Lazy<Task<ToolVersion>>> _known = new(StringComparer.Ordinal);

    public async Task<ToolVersion?> ProbeAsync(string tool, CancellationToken cancellationToken)
    {
        if (tools.Find(tool, questions.Caller) is not { } file)
            return null;
        // The question is not cancelled, because another build in this process may wait for the answer.
        var answer = _known.GetOrAdd(file, _ => new(() => AskAsync(file)));
        return await answer.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the tool, or the program behind a shim that does not answer. A tool without an answer is known by its bytes.</summary>
    async Task<ToolVersion> AskAsync(string file)
    {
        var real = ToolFinder.RealFile(file);
        if ((await questions.AskAsync(file, ["--version"]).ConfigureAwait(false)).Text is { } text)
            return new(real, text);
        if (SystemTraits.HasInterpreterLines
            && await installations.OfAsync(file, VersionChoice.None).ConfigureAwait(false) is { Shimmed: true } behind)
            return new(behind.Real,
                (await questions.AskAsync(behind.File, ["--version"]).ConfigureAwait(false)).Text ?? $"sha256 {DigestOf(behind.Real)}");
        return new(real, $"sha256 {DigestOf(real)}");
    }

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }
}
