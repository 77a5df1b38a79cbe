using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>Runs that never were, for plots that are the same everywhere.</summary>
static class InventedRuns
{
    static readonly DateTimeOffset Day = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

    static readonly Host Machine = new("machine", "Debian", "linux-x64", "a processor", 2, "1.0.0");

    /// <param name="configurations">Parameters as <c>a=1;b=2</c>, and the metric <c>score</c> of each replicate.</param>
    public static RunGroup Group(string name, params (string Parameters, double[] Scores)[] configurations)
    {
        var rows = configurations.Select((c, i) => ConfigurationRow.Of(Configuration($"{name}-{i}", c.Parameters, c.Scores)));
        return new(name, "runs-1", [.. rows]);
    }

    static Configuration Configuration(string stage, string parameters, double[] scores)
    {
        var derivation = new Derivation
        {
            Name = StageName.Parse(stage),
            Builder = new Builder.Command("train", null),
            Parameters = parameters.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
                .ToImmutableSortedDictionary(p => p[0], p => p[1], StringComparer.Ordinal),
        };
        var resolved = new Reference<Resolved>(Digest.Of(Encoding.UTF8.GetBytes(stage)));
        var runs = scores.Select((score, i) => Run(resolved, derivation, i + 1, score));
        return new(resolved, derivation, [.. runs], [], stage.EndsWith('0')) { Notes = [] };
    }

    static MeasuredRun Run(Reference<Resolved> resolved, Derivation derivation, int replicate, double score)
    {
        var facts = new RunFacts
        {
            Resolved = resolved,
            Derivation = derivation.Reference(),
            Replicate = replicate,
            Order = replicate,
            Nonce = "none",
            Start = Day,
            End = Day.AddSeconds(10 + replicate),
            Host = Machine,
        };
        var tree = new Reference<Tree>(Digest.Of(BitConverter.GetBytes(score)));
        var text = score.ToString(CultureInfo.InvariantCulture);
        return new(new(facts, tree), ImmutableSortedDictionary<string, string>.Empty.Add("score", text));
    }
}
