using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix status</c>: what runs now in a store.</summary>
sealed class StatusCommand(CommandContext context)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Until Ctrl+C; without a terminal, a line for each change" };
        return CommandAction.Create("status", "What runs now, for how long, by whom, and what it waits for", [follow],
            (p, context) => new StatusCommand(context).Run(p.GetValue(follow)));
    }

    int Run(bool follow)
    {
        if (!follow)
            Show(Now());
        else if (Terminal.IsCapable && !context.IsJson)
            FollowOnScreen();
        else
            FollowByLines();
        return ExitCodes.Done;
    }

    // A project that is built for the first time has no root yet.
    ImmutableArray<Activity> Now() => [.. context.Store.Activities.All().Where(a => context.IsMeant(a.Project))];

    void Show(ImmutableArray<Activity> all)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (context.IsJson)
        {
            Output.Json(new JsonValue.Array([.. all.Select(a => ActivityText.ToJson(a, now))]));
            return;
        }
        Output.Rows(ActivityText.Headers, all.Select(a => ActivityText.Row(a, now)));
        if (Output.IsTerminal)
            Output.Line(ActivityText.Summary(all));
    }

    void FollowOnScreen()
    {
        using var end = new Interruption();
        var screen = new LiveScreen();
        do
        {
            var (all, now) = (Now(), TimeProvider.System.GetUtcNow());
            var rows = all.Select(a => ActivityText.Row(a, now)).ToList();
            screen.Show(TextTable.Lines(ActivityText.Headers, rows, Terminal.Width).Append(ActivityText.Summary(all)));
        }
        while (!end.Token.WaitHandle.WaitOne(Pause));
    }

    void FollowByLines()
    {
        using var end = new Interruption();
        var changes = new ActivityChanges(context.Store);
        do
        {
            var now = TimeProvider.System.GetUtcNow();
            foreach (var (change, activity) in changes.Since(Now()))
            {
                if (context.IsJson)
                    Output.Json(ActivityText.ToJson(activity, now).With("change", change).With("time", Output.Utc(now)));
                else
                    Output.Rows([], [[Output.Utc(now), change, .. ActivityText.Row(activity, now)]]);
            }
        }
        while (!end.Token.WaitHandle.WaitOne(Pause));
    }
}
