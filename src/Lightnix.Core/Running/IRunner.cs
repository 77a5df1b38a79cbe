using System.Collections.Immutable;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>Makes one run, from an empty folder to a record in the store.</summary>
public interface IRunner
{
    /// <summary>Makes the run, or finds that another process has made it meanwhile.</summary>
    Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken);
}

/// <summary>What is to be run.</summary>
/// <param name="Inputs">What was chosen for each input of the stage, in the order of its inputs.</param>
/// <param name="Tools">Version texts by tool.</param>
/// <param name="Order">Gives the run its number when it starts, from the number after the highest that is known then.</param>
/// <param name="Reason">Why it is run, in a few words.</param>
public sealed record RunOrder(
    PlannedStage Stage,
    Resolved Resolved,
    Reference<Resolved> Reference,
    NextRun Next,
    ImmutableArray<Choice> Inputs,
    ImmutableSortedDictionary<string, string> Tools,
    Func<long, long> Order,
    string Reason);

/// <summary>How a run came out.</summary>
public abstract record RunOutcome
{
    RunOutcome() { }

    /// <param name="Here">False when another process made it.</param>
    public sealed record Completed(Run Run, bool Here) : RunOutcome
    {
        /// <summary>Promised files that the builder wrote into its working folder, and not into its output.</summary>
        public ImmutableArray<RelativePath> Misplaced { get; init; } = [];
    }

    /// <param name="Diagnostic">What to report when the stage is given up for it.</param>
    public sealed record Failed(Diagnostic Diagnostic) : RunOutcome;
}
