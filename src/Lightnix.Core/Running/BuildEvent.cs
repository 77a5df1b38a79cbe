using Lightnix.Explaining;

namespace Lightnix.Running;

/// <summary>What a build reports while it goes on. Stage names are as declared (of a matrix, the cell's).</summary>
public abstract record BuildEvent
{
    BuildEvent() { }

    /// <summary>No mistake of declaration was found, and the stages begin.</summary>
    /// <param name="Stages">Those that were asked for, and what they need, in the order of their declarations.</param>
    public sealed record Begun(ImmutableArray<StageName> Stages) : BuildEvent;

    /// <summary>A mistake or warning.</summary>
    public sealed record Diagnosed(Diagnostic Diagnostic) : BuildEvent;

    /// <summary>A stage has its inputs, and with them all that its hashes are made of.</summary>
    public sealed record Resolved(StageName Stage, Derivation Derivation, Model.Resolved Seen) : BuildEvent
    {
        /// <summary>Of a plan: what its next run would be; null for a stage that runs nothing.</summary>
        public PresentRun? Present { get; init; }
    }

    /// <summary>A run begins.</summary>
    /// <param name="Reason">Why it is run, in a few words.</param>
    public sealed record Started(StageName Stage, int Replicate, int Attempt, string Reason) : BuildEvent
    {
        /// <summary>How many replicates the matcher wants.</summary>
        public int Of { get; init; } = 1;

        /// <summary>True if it goes on after an interruption from what it wrote before.</summary>
        public bool HasCheckpoint { get; init; }

        /// <summary>The last line that the builder has printed by now; empty: none, or the run has ended.</summary>
        public Func<string> LastLine { get; init; } = () => "";
    }

    /// <summary>A run waits for another process.</summary>
    /// <param name="Does">The purpose of that process, as <c>makes the same run</c>.</param>
    public sealed record Waiting(StageName Stage, string Holder, string Does) : BuildEvent;

    /// <summary>The whole build waits for another process.</summary>
    public sealed record Held(string Text) : BuildEvent;

    /// <summary>A run needs a C# script that is not compiled. The time until <see cref="Compiled"/> is no part of the run's.</summary>
    public sealed record Compiling(StageName Stage, int Replicate, int Attempt) : BuildEvent;

    /// <summary>The C# script of a run is compiled.</summary>
    /// <param name="Took">Null: another run has compiled it.</param>
    public sealed record Compiled(StageName Stage, int Replicate, int Attempt, TimeSpan? Took) : BuildEvent;

    /// <summary>A run still goes on: reported at the moments of <see cref="Pace"/>.</summary>
    /// <param name="LastLine">As of <see cref="Started"/>.</param>
    public sealed record Running(StageName Stage, int Replicate, int Attempt, TimeSpan Elapsed, string LastLine) : BuildEvent
    {
        /// <summary>True: its script is compiled, or another run compiles it.</summary>
        public bool IsCompiling { get; init; }
    }

    /// <summary>A run completed and is in the store.</summary>
    /// <param name="Metric">As <c>accuracy.txt = 0.953</c>; or null.</param>
    /// <param name="Broken">Promises that it breaks.</param>
    public sealed record Completed(StageName Stage, int Replicate, int Attempt, TimeSpan Duration, string? Metric, int Broken) : BuildEvent
    {
        /// <summary>Null for a run that went on from no checkpoint.</summary>
        public Resumption? Resumed { get; init; }
    }

    /// <summary>A run failed; the diagnostic follows when the stage is given up.</summary>
    public sealed record RunFailed(StageName Stage, int Replicate, int Attempt, TimeSpan Duration, string Reason) : BuildEvent;

    /// <summary>A builder failed and starts again.</summary>
    /// <param name="Try">As <c>try 1 of 3</c>.</param>
    public sealed record Retried(StageName Stage, int Replicate, int Attempt, string Try, string Reason) : BuildEvent;

    /// <summary>A stage has its selection.</summary>
    /// <param name="Ran">How many runs this build made for it; 0: reused.</param>
    /// <param name="Metric">Of the first choice, as <c>accuracy.txt = 0.953</c>; or null.</param>
    /// <param name="Candidates">How many distinct realizations could be chosen.</param>
    public sealed record Selected(StageName Stage, Selection Selection, int Ran, string? Metric, int Candidates) : BuildEvent
    {
        /// <summary>True of a choice (From) that the last build did not make, or made otherwise.</summary>
        public bool IsNew { get; init; }

        /// <summary>The first stage for which its runs were made: stages may share runs. Null where there are none.</summary>
        public StageName? MadeBy { get; init; }
    }

    /// <summary>The choice differs from that of the last build.</summary>
    /// <param name="Causes">As <c>replicate 3</c> and <c>parameter rate 0.1 → 0.05</c>; may be empty.</param>
    public sealed record ChoiceChanged(StageName Stage, Selection Old, Selection New, ImmutableArray<string> Causes) : BuildEvent;

    /// <summary>Information that is no warning.</summary>
    public sealed record Hint(StageName? Stage, string Text) : BuildEvent
    {
        /// <summary>A name in a property of the whole build that this project does not have.</summary>
        public static Hint UnknownHere(string property, string pattern, string project) =>
            new(null, $"{property}: '{pattern}' is no stage of {project}; another project of this build may have it");
    }

    /// <summary>Of an adoption: results that a stage adopts, or would adopt. A hint says the same.</summary>
    /// <param name="From">The realizations of the runs that took place.</param>
    /// <param name="Plan">With all that differs since then.</param>
    public sealed record Offered(ImmutableArray<int> Replicates, ImmutableArray<string> From, StageReason Plan) : BuildEvent;

    /// <summary>The stack of an unexpected error.</summary>
    public sealed record Trace(StageName Stage, string Stack) : BuildEvent;

    /// <summary>A stage was tried and has no choice; the reasons were diagnosed.</summary>
    public sealed record GivenUp(StageName Stage) : BuildEvent;

    /// <summary>A stage was not tried because an input failed.</summary>
    public sealed record Skipped(StageName Stage, StageName Because) : BuildEvent;

    /// <summary>Of <c>LightnixPlan</c>: what a build would do with a stage.</summary>
    public sealed record Planned(StageReason Plan) : BuildEvent
    {
        public StageName Stage => Plan.Stage;
        public PlannedAction Action => Plan.Action;

        /// <summary>Sentences: which field or input changed, or what the matcher lacks.</summary>
        public ImmutableArray<string> Why => Plan.Reason.Sentences;

        /// <summary>Where the stage is declared.</summary>
        public DeclaredItem? Item { get; init; }
    }
}
