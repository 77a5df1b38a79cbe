using Lightnix.Contracts;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>What the rebuilder of a build works with.</summary>
public sealed record BuildContext
{
    public required IResolver Resolver { get; init; }
    public required ITraces Traces { get; init; }

    /// <summary>Offers results to stages that are to adopt them; null in any other build.</summary>
    public Adopter? Adopter { get; init; }

    public required ITrees Trees { get; init; }
    public required ILease Lease { get; init; }
    public required IVerdictMemory Verdicts { get; init; }

    /// <summary>What the last build of the project chose.</summary>
    public required Root Last { get; init; }

    /// <summary>Of this machine, as <c>linux-x64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>True in locked mode: nothing runs, and a stage without its pinned result fails.</summary>
    public bool IsLocked { get; init; }

    /// <summary>How many attempts are made of a stage that is to be repeated.</summary>
    public int Repetitions { get; init; }

    public required IChooser Chooser { get; init; }
    public required Func<StageName, Demand> Demand { get; init; }

    /// <summary>True of stages that only choices need which skip failures: what goes wrong with them is a warning.</summary>
    public Func<StageName, bool> MayFail { get; init; } = _ => false;

    /// <summary>The parameters of a stage, of this project or another, with the values of its axes.</summary>
    public required Func<StageName, ImmutableSortedDictionary<string, string>> ParametersOf { get; init; }

    /// <summary>What a choice above a stage measures its results by, which reports show where the stage itself has no metric.</summary>
    public Func<StageName, Metric?> MetricAbove { get; init; } = _ => null;

    /// <summary>Intermediate stages whose bytes another project of the build needs.</summary>
    public ImmutableHashSet<StageName> Needed { get; init; } = [];

    /// <summary>Has the bytes of an intermediate stage of another project made again; false where that failed or is not possible.</summary>
    public Func<StageName, Task<bool>> MakeAgain { get; init; } = _ => Task.FromResult(false);

    /// <summary>True where nothing runs, and it is foreseen what would.</summary>
    public bool IsPlan { get; init; }

    /// <summary>True of a stage of another project that has another choice by now.</summary>
    public Func<StageName, bool> IsChosenAnew { get; init; } = _ => false;

    /// <summary>The folder of a tree, for messages.</summary>
    public required Func<Reference<Tree>, string> FolderOf { get; init; }

    /// <summary>A command of the tool about this store, for messages.</summary>
    public required Func<string, string> Command { get; init; }

    public required Action<BuildEvent> Report { get; init; }

    /// <summary>The project file, absolute.</summary>
    public required string Project { get; init; }

    /// <summary>Explains runs by the differences to the last build.</summary>
    internal Why Why => new(Last, Traces, Trees);

    /// <summary>True for stages that the build was asked for, with what they are made from.</summary>
    public bool IsRequested(StageName stage) => Demand(stage) != Realizing.Demand.Observe;

    /// <summary>The candidates of a stage, judged as far as its matcher asks.</summary>
    internal StageCandidates CandidatesOf(PlannedStage stage) => new(JudgedBy.Of(stage), NewJudge(), Trees);

    /// <summary>A judge that has read nothing yet.</summary>
    internal PromiseJudge NewJudge() => new(Trees, Verdicts);

    /// <summary>
    /// What the last build chose, where this is another result; else null. Equal files made from other inputs are no other result.
    /// </summary>
    internal Selection? Former(StageName stage, Selection now) => Last.Stages.GetValueOrDefault(stage.ToString()) is { } before
        && !(before.Resolved == now.Resolved ? now.Choice.IsSame(before.Choice) : now.Choice.Trees.SequenceEqual(before.Choice.Trees))
        ? before : null;

    /// <summary>The same of a choice. Which stage won is news also where its files are equal.</summary>
    internal Selection? FormerChoice(StageName choice, Selection now) =>
        Last.Stages.GetValueOrDefault(choice.ToString()) is { } before && !now.Choice.IsSame(before.Choice)
        && !(now.Choice.Trees.SequenceEqual(before.Choice.Trees) && WinnersOf(now).SequenceEqual(WinnersOf(before))) ? before : null;

    static IEnumerable<StageName?> WinnersOf(Selection choice) => choice.Results.Select(r => r.Winner?.Stage);
}
