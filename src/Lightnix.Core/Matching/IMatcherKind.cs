namespace Lightnix.Matching;

/// <summary>A way to choose, as a pure function: the same candidates give the same decision, whatever their order.</summary>
public interface IMatcherKind
{
    /// <summary>False if another run never makes a stage satisfied, because the results are named or there must be one.</summary>
    bool AnotherRunMayHelp { get; }

    Decision Decide(Candidates candidates);

    /// <summary>The next new run, whatever the matcher decides.</summary>
    NextRun Next(Candidates candidates);

    /// <summary>True if it matters to a stage without a choice that this candidate breaks a promise or is rejected.</summary>
    bool Wants(Candidates candidates, Candidate candidate);
}
