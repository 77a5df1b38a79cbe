namespace Lightnix.Matching;

/// <summary><c>Only</c>: the single one.</summary>
sealed class OnlyKind : ReplicateKind
{
    public override bool AnotherRunMayHelp => false;

    public override IEnumerable<Candidate> Rank(Matcher matcher, ImmutableArray<Candidate> eligible) => eligible;

    // If two results keep their promises, a third result that breaks one does not matter.
    public override bool Wants(Candidates candidates, Candidate candidate) => candidates.Eligible.IsEmpty;

    protected override int Wanted(Matcher matcher) => 1;

    // More runs cannot make one of two.
    protected override string? Hopeless(Candidates candidates) => candidates.Eligible is not [var one, var other, ..] ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"Only wants one distinct result that keeps its promises, and there are {candidates.Eligible.Length}: "
            + $"{one.Realization.Short} ({Made(one)}) and {other.Realization.Short} ({Made(other)})"
            + $"{(candidates.Eligible.Length > 2 ? " among them" : "")}");

    static string Made(Candidate candidate) =>
        "replicate " + string.Join(", ", candidate.Runs.Select(r => r.Replicate).Order().Distinct()
            .Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
