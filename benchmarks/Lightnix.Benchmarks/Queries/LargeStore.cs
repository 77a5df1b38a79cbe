using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Benchmarks;

/// <summary>A store of a sweep that has run for years: each cell of a matrix has several replicates, each with another result.</summary>
/// <param name="folder">Of the store; in memory, where syncing costs nothing.</param>
sealed class LargeStore(string folder, string project)
{
    const int Replicates = 20;

    static readonly Metric Accuracy = new(RelativePath.Parse("accuracy.txt"), null);

    /// <summary>The stage of which a query asks.</summary>
    public const string Stage = "train-0";

    public void Make(int realizations)
    {
        File.WriteAllText(project, "<Project />");
        using var store = Store.Open(folder);
        var output = Directory.CreateTempSubdirectory("lightnix-output-").FullName;
        var stages = ImmutableSortedDictionary.CreateBuilder<string, Selection>(StringComparer.OrdinalIgnoreCase);
        for (var cell = 0; cell < realizations / Replicates; cell++)
            stages.Add($"train-{cell.ToString(CultureInfo.InvariantCulture)}", Cell(store, output, cell));
        Directory.Delete(output, recursive: true);
        store.Roots.Write(new(project, stages.ToImmutable()));
    }

    static Selection Cell(Store store, string output, int cell)
    {
        var number = cell.ToString(CultureInfo.InvariantCulture);
        var builder = new Builder.Command($"train --rate {number}", "sh");
        var parameters = ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance).Add("rate", number);
        var derivation = new Derivation { Name = StageName.Parse($"train-{number}"), Builder = builder, Parameters = parameters };
        var resolved = new Resolved { Builder = builder, Parameters = parameters };
        store.Records.Add(derivation);
        store.Records.Add(resolved);
        ChosenResult? best = null;
        for (var replicate = 1; replicate <= Replicates; replicate++)
        {
            var metric = string.Create(CultureInfo.InvariantCulture, $"0.{replicate:00}{cell:00000}");
            File.WriteAllText(Path.Combine(output, "accuracy.txt"), metric + "\n");
            var tree = store.Trees.Take(output);
            store.Records.Add(new Run(Facts(derivation, resolved, replicate), tree.Reference));
            best = ChosenResult.Of(resolved.Reference(), tree.Reference, metric);
        }
        var matcher = new Matcher { Select = Select.Best, Metric = Accuracy, AtLeast = Replicates, AtMost = Replicates };
        return new(new(derivation.Reference(), [best!], Plural: false), matcher, [], Replicates);
    }

    static RunFacts Facts(Derivation derivation, Resolved resolved, int replicate) => new()
    {
        Resolved = resolved.Reference(),
        Derivation = derivation.Reference(),
        Replicate = replicate,
        Order = replicate,
        Nonce = replicate.ToString("x32", CultureInfo.InvariantCulture),
        Start = DateTimeOffset.UnixEpoch.AddMinutes(replicate),
        End = DateTimeOffset.UnixEpoch.AddMinutes(replicate).AddSeconds(30),
        Host = new("host", "Linux 6", "linux-x64", "processor", 2, "1.0.0"),
        Seed = replicate,
    };
}
