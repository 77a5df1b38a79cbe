using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix rm --checkpoint</c>: deletes the checkpoints of a stage, so that its next run starts afresh.</summary>
static class CheckpointCommand
{
    public static int Remove(CommandContext context, string text)
    {
        var found = Find(context, text);
        var busy = found.Where(c => !context.Store.Checkpoints.Remove(c)).ToImmutableArray();
        ImmutableArray<CheckpointState> removed = [.. found.Except(busy)];
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("removed", Json(removed)).With("busy", Json(busy)));
        else
            Show(removed, busy);
        return busy.IsEmpty ? ExitCodes.Done : ExitCodes.Found;
    }

    static ImmutableArray<CheckpointState> Find(CommandContext context, string text)
    {
        var all = context.Store.Checkpoints.All();
        var meant = new MeantStages(context, text);
        var found = all.Where(c => meant.Has(c.Stage, c.Resolved) || IsOf(c, text)).ToImmutableArray();
        var folder = context.ProjectFolder;
        var mine = found.Where(c => c.Project == folder).ToImmutableArray();
        if (!mine.IsEmpty)
            return mine;
        var projects = found.Select(c => c.Project).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return projects switch
        {
            [_] when !context.HasProject => found,
            [_, _, ..] => throw new MistakeException($"'{text}' has checkpoints of projects in "
                + $"{Listed.First(5, projects.Select(p => $"'{p}'"))}: say which with --project"),
            _ => throw new MistakeException($"'{text}' has no checkpoint "
                + (all.IsEmpty ? "(the store has none)" : $"(those in the store are of {Listed.First(5, all.Select(Text))})")),
        };
    }

    static bool IsOf(CheckpointState checkpoint, string prefix) => prefix.Length >= StoreIndex.ShortestPrefix
        && checkpoint.Resolved.ToString().StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    static JsonValue.Array Json(ImmutableArray<CheckpointState> checkpoints) => new([.. checkpoints.Select(c => JsonValue.Object.Empty
        .With("stage", c.Stage).With("replicate", c.Replicate).With("resolved", c.Resolved.ToString()).With("tries", c.Tries))]);

    static void Show(ImmutableArray<CheckpointState> removed, ImmutableArray<CheckpointState> busy)
    {
        foreach (var checkpoint in removed)
            Output.Line($"removed the checkpoint of {Text(checkpoint)}: its next run starts afresh");
        foreach (var checkpoint in busy)
            Output.Line($"the checkpoint of {Text(checkpoint)} stays: a run goes on from it now, or its files cannot be deleted");
    }

    static string Text(CheckpointState checkpoint) => FormattableString.Invariant($"{checkpoint.Stage}, replicate {checkpoint.Replicate}");
}
