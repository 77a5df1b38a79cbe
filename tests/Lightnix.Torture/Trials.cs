using System.Diagnostics;

namespace Lightnix.Torture;

/// <summary>All trials, one after the other.</summary>
static class Trials
{
    static readonly (ITrial Trial, double Share)[] All =
    [
        (new Crowd(4), 2),
        (new Crowd(16), 3),
        (new Crowd(4, users: true), 1),
        (new Crowd(4, sandbox: true), 1),
        (new EveryStep("kill"), 3),
        (new EveryStep("eio"), 2),
        (new EveryStep("full"), 2),
        (new EveryStep("power"), 3),
        (new PowerCuts(), 3),
        (new FullDisk(), 1),
        (new Shortages(), 1),
    ];

    public static int Run(string[] words)
    {
        var (minutes, only, seed) = (5.0, "", Random.Shared.Next());
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            switch (words[i])
            {
                case "--minutes":
                    minutes = double.Parse(words[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--only":
                    only = words[i + 1];
                    break;
                case "--seed":
                    seed = int.Parse(words[i + 1], CultureInfo.InvariantCulture);
                    break;
                default:
                    return Usage();
            }
        }
        var chosen = All.Where(t => t.Trial.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (words.Length % 2 == 1 || chosen.Count == 0)
            return Usage();
        Console.WriteLine(FormattableString.Invariant($"--seed {seed}"));
        Console.WriteLine("| Trial | Tries | Lost | Seconds | |\n|---|---|---|---|---|");
        var lost = new List<string>();
        foreach (var (trial, share) in chosen)
        {
            var watch = Stopwatch.StartNew();
            var tally = trial.Run(TimeSpan.FromMinutes(minutes * share / chosen.Sum(t => t.Share)), seed);
            Console.WriteLine(tally.NotTried is { } why
                ? $"| {trial.Name} | NOT TRIED | | | {why} |"
                : FormattableString.Invariant(
                    $"| {trial.Name} | {tally.Tries} | {tally.Losses.Count} | {watch.Elapsed.TotalSeconds:0} | {tally.Counts} |"));
            lost.AddRange(tally.Losses.Select(l => $"{trial.Name}: {l}"));
            if (tally.NotTried is not null && Environment.GetEnvironmentVariable("CI") == "true")
                lost.Add($"{trial.Name} was not tried");
        }
        lost.ForEach(Console.WriteLine);
        return lost.Count == 0 ? 0 : 1;
    }

    static int Usage()
    {
        Console.Error.WriteLine($"[--minutes N] [--seed N] [--only PART], of: {string.Join("; ", All.Select(t => t.Trial.Name))}");
        return 2;
    }
}
