namespace Lightnix.Building;

/// <summary>The revision of the working tree that a project is in. It is read once, when the first run of a build asks for it.</summary>
/// <param name="folder">The project's; null: it is not known.</param>
sealed class Revisions(GitStatus? status, string? folder)
{
    readonly Lazy<Task<Revision>> _read = new(() => Task.Run(() => ReadAsync(status, folder)));
    readonly Lazy<Revision> _commit = new(() => Try(() => new(Repository(folder)?.Commit(), null)));

    public static Revisions None { get; } = new(null, null);

    /// <summary>What is known by now: the commit, and once git has answered whether the working tree is changed.</summary>
    public Revision Known =>
        _read is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var read } } ? read : _commit.Value;

    public Task<Revision> ReadAsync() => _read.Value;

    static GitFolder? Repository(string? folder) => folder is null ? null : GitFolder.Of(folder);

    static async Task<Revision> ReadAsync(GitStatus? status, string? folder)
    {
        try
        {
            if (status is null || Repository(folder) is not { } repository)
                return Revision.None;
            var asked = status.OfAsync(folder!, repository.WorkingTree);
            var commit = repository.Commit();
            var found = await asked.ConfigureAwait(false);
            return found with { Commit = commit ?? found.Commit };
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return Revision.None;
        }
    }

    static Revision Try(Func<Revision> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return Revision.None;
        }
    }

    // What cannot be read never fails a build.
    static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException;
}
