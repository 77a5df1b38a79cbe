using System.Collections.Concurrent;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>A stage that trains in ten steps: each mixes the seed and the step into a state that is written to the checkpoint. So the model
/// shows whether a step was left out or made twice.</summary>
sealed class Training : IDisposable
{
    public const int Steps = 10;

    readonly string _script, _now;

    /// <param name="store">Absolute; null: one of its own.</param>
    public Training(string? store = null)
    {
        Site = new(store);
        // What happens after each step, said from outside.
        (_script, _now) = (Site["stop"], Site["now"]);
        Stop("");
    }

    public Site Site { get; }

    /// <summary>The stage and its promise.</summary>
    /// <param name="metadata">Beside <c>Checkpoint</c>.</param>
    public string Items(string metadata = "", string name = "model", string tag = "") => $$"""
        <Stage Include="{{name}}" Checkpoint="true" {{metadata}}><Command><![CDATA[
        i=0; h=@{seed}
        if [ -e @{checkpoint}/state ]; then read i h < @{checkpoint}/state; fi
        echo "begins at $i{{tag}}"
        while [ $i -lt {{Steps}} ]; do
          i=$((i+1)); h=$(printf '%s' "$h $i" | sha256sum | cut -c -64)
          echo $i $h > @{checkpoint}/new; mv @{checkpoint}/new @{checkpoint}/state
          echo "step $i"
          echo $i > {{_now}}
          . {{_script}}
        done
        echo $h > @{out}/model.txt
        ]]></Command></Stage>
        <Promise Include="model.txt" Stage="{{name}}" />
        """;

    /// <summary>Shell commands that run after each step <c>$i</c>.</summary>
    public void Stop(string script) => File.WriteAllText(_script, script + "\n");

    /// <summary>Waits, as a training does that takes long, from step <c>i</c> on.</summary>
    public static string WaitAt(int i) => $"if [ $i -ge {i} ]; then sleep 1000; fi";

    public Task<Site.Built> BuildAsync(string? items = null, ConcurrentQueue<BuildEvent>? events = null,
        CancellationToken cancellationToken = default) =>
        Site.BuildAsync(items ?? Items(), cancellationToken: cancellationToken, events: events);

    /// <summary>Builds with another disk or in a sandbox.</summary>
    public async Task<bool> BuildAsync(string items, Disk? disk, string sandbox = "None")
    {
        var request = Site.Request(items);
        var result = await ProjectBuilds.BuildAsync(request with { Disk = disk, Options = request.Options with { Sandbox = sandbox } },
            _ => { }, CancellationToken.None);
        return result.Succeeded;
    }

    /// <summary>The model of a training that nothing interrupts.</summary>
    public static async Task<string> WholeAsync(string metadata = "")
    {
        using var whole = new Training();
        var built = await whole.BuildAsync(whole.Items(metadata));
        Assert.True(built.Succeeded, built.ToString());
        return whole.Model;
    }

    public string Model => Site.Result("model/model.txt");

    /// <summary>The step that the only checkpoint in the store has reached; null where there is none.</summary>
    public int? Step
    {
        get
        {
            using var store = Site.Open();
            // A session brings back what dead ones had.
            store.Sweep();
            var folders = Directory.Exists(Checkpoints) ? Directory.GetDirectories(Checkpoints) : [];
            var states = folders.Select(f => Path.Combine(f, "content", "state")).Where(File.Exists).ToList();
            return states.Count == 0 ? null
                : int.Parse(File.ReadAllText(Assert.Single(states)).Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The step that a training has reached that goes on now.</summary>
    public int Now => File.Exists(_now) && int.TryParse(File.ReadAllText(_now), CultureInfo.InvariantCulture, out var step) ? step : 0;

    /// <summary>What the training has printed that goes on now.</summary>
    public string LogNow => string.Concat(Directory.GetDirectories(Path.Combine(Site.StoreFolder, "work"))
        .SelectMany(f => Directory.GetFiles(f, "log-*")).Select(File.ReadAllText));

    public string Checkpoints => Path.Combine(Site.StoreFolder, "checkpoints");

    /// <summary>Runs and failures of the stage, in their order.</summary>
    public History History(string stage = "model")
    {
        using var store = Site.Open();
        var root = store.Roots.Read(Site.ProjectFile);
        return store.Records.History(root.Stages.TryGetValue(stage, out var chosen) ? chosen.Resolved : root.Pending[stage]);
    }

    public string LogOf(RunFacts facts)
    {
        using var store = Site.Open();
        return File.ReadAllText(store.Records.FileOf(facts.Log!));
    }

    public void Dispose() => Site.Dispose();
}
