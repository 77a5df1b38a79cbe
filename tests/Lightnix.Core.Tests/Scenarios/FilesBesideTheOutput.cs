using Lightnix.Builds;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>A builder wrote a promised file into its working folder: the message names the mistake and the cure.</summary>
public sealed class FilesBesideTheOutput : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Building.LinuxFact]
    public async Task Are_named_by_the_broken_promise()
    {
        _site.Write("project/source.txt", "x");
        var events = new List<BuildEvent>();

        await ProjectBuilds.BuildAsync(
            _site.Request("""
                <Stage Include="beside" Command="echo hi > model.txt; ln -s /etc/passwd users" />
                <Source Include="source.txt" Stage="beside" />
                <Promise Include="model.txt" Stage="beside" />
                <Promise Include="users" Stage="beside" />
                <Promise Include="source.txt" Stage="beside" />
                """),
            e => { lock (events) events.Add(e); },
            CancellationToken.None);

        var messages = events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.Message).ToList();
        Assert.Contains(
            "stage 'beside' broke its promise 'model.txt': model.txt is missing: the result is empty; the builder wrote 'model.txt' into "
                + "its working folder, "
            + "which is not kept: write it to 'out/model.txt', in a Command '@{out}/model.txt'", messages);
        Assert.Equal(3, messages.Count(m => m.Contains("is missing: the result is empty", StringComparison.Ordinal)));
        Assert.Single(messages, m => m.Contains("into its working folder", StringComparison.Ordinal));
    }

    [Building.LinuxTheory]
    [InlineData("", 1)]
    [InlineData("Checkpoint=\"true\"", 0)]
    public async Task Are_named_in_a_folder_that_is_a_checkpoint_only_where_that_is_declared(string metadata, int named)
    {
        var built = await _site.BuildAsync($$"""
            <Stage Include="beside" Command="mkdir -p checkpoint; echo hi > checkpoint/last" {{metadata}} />
            <Promise Include="checkpoint/last" Stage="beside" />
            """);

        Assert.Equal(named, built.Errors.Count(e => e.Message.Contains("into its working folder", StringComparison.Ordinal)));
    }
}
