using Lightnix.Building;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>An executor takes a prepared run over, and the runner waits for its end and commits what is in its folder.</summary>
public sealed class ARunThatIsExecutedElsewhere : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;
    readonly Builders _builders;
    readonly DetachingExecutor _executor = new();
    readonly List<BuildEvent> _events = [];

    public ARunThatIsExecutedElsewhere()
    {
        _store = Store.Open(_temp["store"]);
        _builders = new(new(_temp["cache"]));
    }

    public void Dispose()
    {
        _builders.Dispose();
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task Is_committed_when_it_has_ended()
    {
        var running = RunAsync(Order());
        var prepared = await SubmittedAsync();
        Assert.Equal(new Invocation.Shell("sh", "make"), prepared.Recipe.Invocation);
        Assert.Equal("1", prepared.Recipe.Environment["LIGHTNIX_REPLICATE"]);
        await File.WriteAllTextAsync(Path.Combine(prepared.WorkingFolder, "out", "result"), "made elsewhere");
        _executor.End(prepared, new BuildOutcome.Completed());

        var completed = Assert.IsType<RunOutcome.Completed>(await running);

        Assert.True(completed.Here);
        Assert.Equal("made elsewhere", await File.ReadAllTextAsync(Path.Combine(_store.Trees.FolderOf(completed.Run.Tree), "result")));
        Assert.Equal(prepared.Draft.Facts.Nonce, completed.Run.Facts.Nonce);
        Assert.False(Assert.IsType<RunOutcome.Completed>(await RunAsync(Order())).Here);
        Assert.Single(_executor.Submitted);
    }

    [Fact]
    public async Task Is_recorded_when_it_failed()
    {
        var running = RunAsync(Order());
        _executor.End(await SubmittedAsync(), new BuildOutcome.Failed(3, "exit code 3"));

        Assert.Equal("LNX2002", Assert.IsType<RunOutcome.Failed>(await running).Diagnostic.Code);
        Assert.Equal(3, Assert.Single(_store.Records.History(Order().Reference).Failures).ExitCode);
    }

    [Fact]
    public async Task Is_cancelled_with_the_build()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Order(), stop.Token);
        var prepared = await SubmittedAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal([prepared.Draft.Facts.Nonce], _executor.Cancelled);
        Assert.Empty(_store.Records.History(Order().Reference).Runs);
    }

    async Task<PreparedRun> SubmittedAsync()
    {
        PreparedRun? prepared = null;
        await Eventually.Is(() => _executor.Submitted.TryPeek(out prepared), "the run was not submitted");
        return prepared!;
    }

    Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken = default)
    {
        var settings = new RunSettings(HostFacts.Here, "this test", KeepWorkspace: false, ProjectFolder: null);
        var makers = new Makers(_store, _executor, _builders.Downloads, _builders.Sandbox, TimeProvider.System, settings);
        return new Runner(_store, _executor, makers, TimeProvider.System, settings, _events.Add).RunAsync(order, cancellationToken);
    }

    static RunOrder Order()
    {
        var derivation = new Derivation { Name = StageName.Parse("far"), Builder = new Builder.Command("make", null) };
        var resolved = new Resolved { Builder = new Builder.Command("make", "sh") };
        var stage = new PlannedStage
        {
            Name = derivation.Name,
            DeclaredName = derivation.Name,
            Item = new(ItemKind.Stage, "far", DeclaredItem.NoMetadata, 0),
            Derivation = derivation,
            Reference = derivation.Reference(),
            Inputs = [],
            Promises = [],
            Matcher = Matcher.Default,
            Execution = new(),
            Sources = [],
            Templates = [new([new TemplatePart.Literal("make")])],
        };
        return new(stage, resolved, resolved.Reference(), new NextRun(1, 1), [], Derivation.NoTexts, known => known, "it was asked for");
    }
}
