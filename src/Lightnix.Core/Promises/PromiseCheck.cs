using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Promises;

/// <summary>Gives verdicts, and reads metrics.</summary>
public static class PromiseCheck
{
    /// <summary>All promises of a result, each with every reason for which it is broken.</summary>
    public static ImmutableArray<Verdict> Check(IEnumerable<Promise> promises, IResultFiles result) => throw new NotImplementedException();

    /// <summary>Reads a metric: one finite number in the invariant culture.</summary>
    public static MetricReading Read(Metric metric, IResultFiles result) => throw new NotImplementedException();
}

/// <summary>A metric's value and text, or why there is none.</summary>
public sealed record MetricReading(double? Value, string? Text, string? Problem);
