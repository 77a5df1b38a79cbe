namespace Lightnix.Building;

/// <summary>What a program printed when it was asked.</summary>
/// <param name="Succeeded">Whether it ended with exit code 0, in time.</param>
/// <param name="Printed">Its standard output, trimmed.</param>
/// <param name="Complained">Its standard error, trimmed; where it did not start, the reason.</param>
sealed record ProgramAnswer(bool Succeeded, string Printed, string Complained)
{
    static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(10);

    /// <summary>Standard output, or else standard error; null after a failure or where both are empty.</summary>
    public string? Text => Succeeded && (Printed + Complained).Length > 0 ? (Printed.Length > 0 ? Printed : Complained) : null;

    /// <summary>Asks a program.</summary>
    /// <param name="place">An empty folder. Absolute, exists.</param>
    /// <param name="name">The program's own name (<c>argv[0]</c>).</param>
    public static async Task<ProgramAnswer> GetAsync(string place, string file, string name, ImmutableArray<string> words,
        ImmutableSortedDictionary<string, string> environment, TimeSpan? patience = null)
    {
        var command = new ProcessCommand
        {
            File = file,
            Name = name,
            Words = words,
            Environment = environment,
            Folder = place,
            LogFile = Path.Combine(place, "printed"),
            ErrorFile = Path.Combine(place, "complained"),
        };
        try
        {
            await File.WriteAllBytesAsync(command.ErrorFile, []).ConfigureAwait(false);
            var ended = await ProcessRunner.RunAsync(command, patience ?? UsualPatience, CancellationToken.None).ConfigureAwait(false);
            return new(ended is { TimedOut: false, Status.Succeeded: true }, await TextAsync(command.LogFile).ConfigureAwait(false),
                await TextAsync(command.ErrorFile).ConfigureAwait(false));
        }
        catch (StartException e)
        {
            return new(false, "", e.Message);
        }
    }

    static async Task<string> TextAsync(string file) =>
        (await PrintedText.ReadAsync(file).ConfigureAwait(false)).ReplaceLineEndings("\n").Trim();
}
