using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>Asks a program something that it answers at once.</summary>
static class ProgramAnswer
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What it printed, or else what it complained, trimmed; null when it failed, was silent or took too long.</summary>
    /// <param name="place">An empty folder for the answer. Absolute, exists.</param>
    /// <param name="folder">In which it is asked; null: <paramref name="place"/>.</param>
    public static async Task<string?> GetAsync(string place, string file, ImmutableArray<string> words, ImmutableSortedDictionary<string, string> environment, string? folder = null)
    {
        var command = new ProcessCommand
        {
            File = file,
            Name = Path.GetFileName(file),
            Words = words,
            Environment = environment,
            Folder = folder ?? place,
            LogFile = Path.Combine(place, "printed"),
            ErrorFile = Path.Combine(place, "complained"),
        };
        try
        {
            await File.WriteAllBytesAsync(command.ErrorFile, []).ConfigureAwait(false);
            var ended = await ProcessRunner.RunAsync(command, Patience, CancellationToken.None).ConfigureAwait(false);
            return ended is { TimedOut: false, Status.Succeeded: true } ? Text(command.LogFile) ?? Text(command.ErrorFile) : null;
        }
        catch (StartException)
        {
            return null;
        }
    }

    static string? Text(string file) =>
        Visible.Bytes(File.ReadAllBytes(file)).ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;
}
