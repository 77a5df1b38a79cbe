namespace Lightnix.Building;

/// <summary>The revision of the working tree that a project is in. It is read once, when the first run of a build asks for it.</summary>
/// <param name="folder">The project's; null: it is not known.</param>
sealed class Revisions(ProgramQuestions questions, string? folder)
{
    readonly Lazy<Task<Revision>> _read = new(() => folder is null
        ? Task.FromResult(Revision.None)
        : Task.Run(() => ReadAsync(questions, folder)));

    public Task<Revision> ReadAsync() => _read.Value;

    // What cannot be read never fails a build.
    static async Task<Revision> ReadAsync(ProgramQuestions questions, string folder)
    {
        try
        {
            if (GitFolder.Of(folder) is not { } repository)
                return Revision.None;
            var status = new GitStatus(questions).OfAsync(folder);
            var commit = repository.Commit();
            var found = await status.ConfigureAwait(false);
            return found with { Commit = commit ?? found.Commit };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Revision.None;
        }
    }
}
