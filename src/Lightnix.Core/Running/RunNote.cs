using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Lets other processes see that a run goes on, and what it waits for.</summary>
sealed class RunNote(ActivityNote note, Action<BuildEvent> report) : IDisposable
{
    /// <summary>What a run of an order notes, before it has a log.</summary>
    /// <param name="now">When it begins, or begins to wait.</param>
    public static Activity Of(RunOrder order, RunSettings settings, DateTimeOffset now) =>
        new(settings.ProjectFile, order.Stage.Name.ToString(), order.Next.Replicate, order.Next.Attempt, now, settings.User)
        {
            Resolved = order.Reference,
            Process = Environment.ProcessId,
            Of = order.Stage.Matcher.AtLeast,
        };

    /// <summary>Reports what the run reports, and notes what of it others should see.</summary>
    public void Report(BuildEvent what)
    {
        switch (what)
        {
            case BuildEvent.Compiling:
                note.Change(a => a with { Waiting = "its script is compiled" });
                break;
            case BuildEvent.Compiled:
                note.Change(a => a with { Waiting = null });
                break;
        }
        report(what);
    }

    public void Dispose() => note.Dispose();
}
