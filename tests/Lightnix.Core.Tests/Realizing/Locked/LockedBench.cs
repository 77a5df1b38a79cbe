using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Two stages: a model that gets better with each replicate, and a report that reads it.</summary>
public abstract class LockedBench
{
    internal Bench Bench { get; } = new() { Lock = LockFile.None("p.lnproj") };

    internal void Declare(string command = "train", Matcher? matcher = null, double? min = null, string report = "report")
    {
        Bench.Stage("model", command, m => "0." + m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: matcher,
            promises: min is null ? [] : [Bench.Promise("result", min)]);
        Bench.Stage("report", report, m => "report of " + m.Inputs["model"][0], ["model"]);
    }

    internal async Task<string> Result(string stage, string[]? update = null, bool locked = false) =>
        Bench.Result(await Bench.BuildAsync(update: update, locked: locked), stage);

    /// <summary>The first replicate is pinned, and a better one is in the store.</summary>
    internal async Task PinTheFirst()
    {
        await Bench.BuildAsync();
        var first = Bench.Lock;
        await Bench.BuildAsync(again: ["model"]);
        await Bench.BuildAsync();
        Bench.Ran();
        Bench.Lock = first;
    }

    internal string[] Codes => [.. Bench.Errors];

    internal string Said => string.Join('\n', Bench.Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.Message));

    internal LockedStage Pins(string stage) => Bench.Lock!.Stages[StageName.Parse(stage)];
}
