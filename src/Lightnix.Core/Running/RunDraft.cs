using System.Security.Cryptography;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>A run that is not yet executed.</summary>
/// <param name="Facts">What is recorded of it so far.</param>
public sealed record RunDraft(RunOrder Order, RunFacts Facts)
{
    /// <summary>What the last try left for this run; null: it begins empty.</summary>
    public CheckpointState? Former { get; private init; }

    /// <summary>Why it runs, in a few words.</summary>
    public string Reason => Former is null ? Order.Reason
        : string.Create(CultureInfo.InvariantCulture, $"{Order.Reason}; try {Former.Tries + 1} goes on from its checkpoint");

    /// <param name="history">Of the resolved derivation, while the run's lock is held.</param>
    /// <param name="former">What the last try of the replicate left, or null.</param>
    public static RunDraft Of(RunOrder order, History history, CheckpointState? former, Host host, DateTimeOffset now)
    {
        var (stage, runs) = (order.Stage, order.Stage.Derivation.Builder.Runs);
        // Another attempt makes a result again that is complete.
        former = former?.Attempt == order.Next.Attempt ? former : null;
        var seed = runs ? SeedOf(order, history, former) : (int?)null;
        return new(order, new()
        {
            Resolved = order.Reference,
            Derivation = stage.Reference,
            Context = ChosenInput.ContextOf(order.Inputs),
            Replicate = order.Next.Replicate,
            Attempt = order.Next.Attempt,
            Seed = seed,
            Order = order.Order(history.NextOrder),
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Start = now,
            End = now,
            Host = host,
            Tools = order.Tools,
            Passed = stage.Execution.PassEnvironment,
            Limits = Limits(stage.Execution),
        })
        {
            Former = former?.Seed == seed ? former : null,
        };
    }

    static int SeedOf(RunOrder order, History history, CheckpointState? former) =>
        history.SeedOf(order.Next.Replicate, order.Restores) ?? former?.Seed
        ?? Seed.Of(order.Stage.Derivation.Seed ?? order.Stage.SeedName, order.Next.Replicate);

    /// <summary>As records have them.</summary>
    internal static ImmutableSortedDictionary<string, string> Limits(Execution execution)
    {
        var limits = ImmutableSortedDictionary.CreateBuilder<string, string>(Utf8Order.Instance);
        Add("cores", execution.Cores);
        Add("memory", execution.Memory);
        Add("gpus", execution.Gpus);
        Add("timeLimit", (long?)execution.TimeLimit?.TotalSeconds);
        return limits.ToImmutable();

        void Add(string name, long? value)
        {
            if (value is { } v)
                limits.Add(name, v.ToString(CultureInfo.InvariantCulture));
        }
    }
}
