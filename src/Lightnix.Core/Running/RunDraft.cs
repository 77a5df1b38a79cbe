using System.Security.Cryptography;
using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>A run that is not yet executed.</summary>
/// <param name="Facts">What is recorded of it so far.</param>
public sealed record RunDraft(RunOrder Order, RunFacts Facts)
{
    /// <param name="history">Of the resolved derivation, while the run's lock is held.</param>
    public static RunDraft Of(RunOrder order, History history, Host host, DateTimeOffset now)
    {
        var (stage, runs) = (order.Stage, order.Stage.Derivation.Builder.Runs);
        return new(order, new()
        {
            Resolved = order.Reference,
            Derivation = stage.Reference,
            Context = order.Inputs.ToImmutableSortedDictionary(
                i => i.Input.At, i => i.Choice.Realizations.ToImmutableArray(), Utf8Order.Instance),
            Replicate = order.Next.Replicate,
            Attempt = order.Next.Attempt,
            Seed = runs ? SeedOf(order, history) : null,
            Order = order.Order(history.NextOrder),
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Start = now,
            End = now,
            Host = host,
            Tools = order.Tools,
            Passed = stage.Execution.PassEnvironment,
            Limits = Limits(stage.Execution),
        });
    }

    // A replicate keeps the seed that it had, under whatever name: another attempt of it may then give the same bytes.
    static int SeedOf(RunOrder order, History history)
    {
        var (stage, replicate) = (order.Stage, order.Next.Replicate);
        var recorded = history.Runs.Where(r => r.Facts.Replicate == replicate).OrderBy(r => r.Tree != order.Restores)
            .ThenBy(r => r.Facts.Order).Select(r => r.Facts.Seed)
            .Concat(history.Failures.Where(f => f.Facts.Replicate == replicate).OrderBy(f => f.Facts.Order).Select(f => f.Facts.Seed));
        return recorded.FirstOrDefault(seed => seed is not null) ?? Seed.Of(stage.Derivation.Seed ?? stage.SeedName, replicate);
    }

    static ImmutableSortedDictionary<string, string> Limits(Execution execution)
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
