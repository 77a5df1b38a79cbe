namespace Lightnix.Realizing;

/// <summary>Errors of several failed runs of one stage. Lines that an earlier one has, as of an equal log, stand there only.</summary>
static class FailureTexts
{
    const int MostShown = 3;

    /// <param name="notStarted">A sentence about runs that were not made, for the first error; null: all were made.</param>
    public static ImmutableArray<Diagnostic> Of(ImmutableArray<Diagnostic> failures, string? notStarted)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        var texts = ImmutableArray.CreateBuilder<Diagnostic>();
        var distinct = failures.DistinctBy(f => f.Message).ToList();
        foreach (var failure in distinct.Take(MostShown))
        {
            var lines = failure.Message.Split('\n');
            // The first line names the run.
            texts.Add(failure with { Message = string.Join('\n', [lines[0], .. lines.Skip(1).Where(l => !said.Contains(l))]) });
            said.UnionWith(lines);
        }
        if (texts.Count == 0)
            return [];
        var more = distinct.Count <= MostShown ? null : FormattableString.Invariant($"{distinct.Count - MostShown} more runs failed");
        texts[0] = texts[0] with { Message = string.Join('\n', new[] { texts[0].Message, notStarted, more }.OfType<string>()) };
        return texts.ToImmutable();
    }
}
