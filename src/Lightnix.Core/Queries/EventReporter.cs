using Lightnix.Planning;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Passes events to a skin, one at a time, and counts errors and runs.</summary>
sealed class EventReporter(Action<BuildEvent> report)
{
    readonly Lock _lock = new();

    public bool HasErrors { get; private set; }

    /// <summary>How many runs completed.</summary>
    public int Ran { get; private set; }

    /// <summary>Runs by stage, completed or failed.</summary>
    public ImmutableSortedDictionary<string, RunsMade> Made { get; private set; } =
        ImmutableSortedDictionary.Create<string, RunsMade>(StringComparer.OrdinalIgnoreCase);

    public void Report(BuildEvent reported)
    {
        lock (_lock)
        {
            HasErrors |= reported is BuildEvent.Diagnosed { Diagnostic.Severity: Severity.Error };
            Ran += reported is BuildEvent.Completed ? 1 : 0;
            Count(reported);
            report(reported);
        }
    }

    void Count(BuildEvent reported)
    {
        if (reported is BuildEvent.Completed { Stage: var stage })
            Made = Made.SetItem(stage.ToString(), MadeFor(stage) with { Completed = MadeFor(stage).Completed + 1 });
        else if (reported is BuildEvent.RunFailed { Stage: var failed })
            Made = Made.SetItem(failed.ToString(), MadeFor(failed) with { Failed = MadeFor(failed).Failed + 1 });

        RunsMade MadeFor(StageName name) => Made.GetValueOrDefault(name.ToString()) ?? new(0, 0);
    }

    public void Report(Diagnostic diagnostic) => Report(new BuildEvent.Diagnosed(diagnostic));

    public void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Report(diagnostic);
    }

    public void Hint(string text) => Report(new BuildEvent.Hint(null, text));

    /// <summary>The answer to a question; <paramref name="failed"/> after a reported failure of the store or the file system.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> ask, T failed)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            Report(problem);
            return failed;
        }
    }

    /// <inheritdoc cref="GuardAsync"/>
    public T Guard<T>(Func<T> ask, T failed) => GuardAsync(() => Task.FromResult(ask()), failed).GetAwaiter().GetResult();

    // Any other exception is a fault of Lightnix and keeps its stack.
    static Diagnostic? ProblemOf(Exception e) => e switch
    {
        StoreException refused => refused.ToDiagnostic(),
        ContentException refused => new(refused.Code, Severity.Error, refused.Message),
        IOException or UnauthorizedAccessException => StorageErrors.Failed("something could not be written or read", e).ToDiagnostic(),
        _ => null,
    };
}
