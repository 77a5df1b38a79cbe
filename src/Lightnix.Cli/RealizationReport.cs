namespace Lightnix.Cli;

/// <summary>Reports the realizations that a command changed.</summary>
static class RealizationReport
{
    /// <param name="done">As <c>pinned</c>: the field in JSON, and the first word of each line.</param>
    public static int Show(CommandContext context, string done, IEnumerable<Realization> changed)
    {
        var references = changed.Select(r => r.Reference().ToString()).ToList();
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With(done, JsonValue.Texts(references)));
        else
            references.ForEach(r => Output.Line($"{done} {r}"));
        return ExitCodes.Done;
    }
}
