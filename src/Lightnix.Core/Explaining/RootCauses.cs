namespace Lightnix.Explaining;

/// <summary>The causes of a plan, apart from what follows from them.</summary>
/// <param name="Following">Stages that change only because others do.</param>
public sealed record RootCauses(ImmutableArray<RootCause> Causes, ImmutableArray<StageName> Following)
{
    /// <param name="stages">Those that would run or ran, in the order of the report.</param>
    public static RootCauses Of(IReadOnlyCollection<StageReason> stages)
    {
        var changed = stages.Select(s => s.Stage.ToString()).ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase);
        var (causes, following) = (new List<RootCause>(), ImmutableArray.CreateBuilder<StageName>());
        foreach (var stage in stages)
        {
            var own = Of(stage, folder => changed.Contains(folder) || stage.Explained.Contains(folder)).ToImmutableArray();
            if (own.IsEmpty)
                following.Add(stage.Stage);
            foreach (var cause in own)
                Add(causes, cause);
        }
        return new([.. causes], following.ToImmutable());
    }

    static IEnumerable<RootCause> Of(StageReason stage, Func<string, bool> isChanged)
    {
        var reason = stage.Reason;
        if (!reason.Changes.IsEmpty || !reason.Rules.IsEmpty)
            return reason.Own(isChanged).Select(c => new RootCause(c, null, [stage.Stage]));
        return Sentences(reason).Select(text => new RootCause(null, text, [stage.Stage]));
    }

    // What stages of another project wait for, a plan of that project knows.
    static IEnumerable<string> Sentences(Reason reason) => reason.Waits.IsEmpty ? reason.Wrong
        : reason.Waits.Where(w => w.Project is not null).Select(w => $"{w} of another project is not up to date (why {w})");

    // The cells of a matrix have most causes in common.
    static void Add(List<RootCause> causes, RootCause cause)
    {
        var same = causes.FindIndex(c => c.IsSame(cause));
        if (same < 0)
            causes.Add(cause);
        else
            causes[same] = causes[same] with { Stages = causes[same].Stages.AddRange(cause.Stages) };
    }
}
