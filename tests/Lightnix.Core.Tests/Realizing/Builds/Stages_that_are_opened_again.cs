using System.Collections.Concurrent;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A scheduler with a rebuilder whose stages may find that the bytes of an input are absent.</summary>
public class Stages_that_are_opened_again
{
    readonly FakeRebuilder _rebuilder = new();

    [Fact]
    public async Task Are_matched_again_before_those_that_need_their_bytes()
    {
        _rebuilder.Gives["a"] = ["1", "1"];
        _rebuilder.Gives["b"] = [null, "b"];

        var outcomes = await RunAsync();

        Assert.Equal(["a", "a", "b", "b", "c", "d"], _rebuilder.Matched.Order(StringComparer.Ordinal));
        Assert.All(outcomes.Values, o => Assert.IsType<StageOutcome.Chosen>(o));
        Assert.Empty(_rebuilder.Blocked);
    }

    [Fact]
    public async Task Open_everything_below_where_they_come_out_otherwise()
    {
        _rebuilder.Gives["a"] = ["1", "2"];
        _rebuilder.Gives["b"] = [null, "b"];

        await RunAsync();

        Assert.Equal(["a", "a", "b", "b", "c", "c", "d"], _rebuilder.Matched.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fail_what_needs_them_where_their_bytes_never_come()
    {
        _rebuilder.Gives["b"] = [null];

        var outcomes = await RunAsync();

        Assert.IsType<StageOutcome.Failed>(outcomes[StageName.Parse("b")]);
        Assert.IsType<StageOutcome.Skipped>(outcomes[StageName.Parse("d")]);
        Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse("c")]);
        Assert.Equal(["d"], _rebuilder.Blocked);
        Assert.Equal(1 + Scheduler<string>.MostReopenings, _rebuilder.Matched.Count(s => s == "a"));
    }

    async Task<ImmutableDictionary<StageName, StageOutcome>> RunAsync()
    {
        var bench = new Bench();
        bench.Stage("a", "a", _ => "");
        bench.Stage("b", "b", _ => "", ["a"]);
        bench.Stage("c", "c", _ => "", ["a"]);
        bench.Stage("d", "d", _ => "", ["b"]);
        return await new Scheduler<string>(_rebuilder)
            .RunAsync(bench.Plan, ImmutableDictionary<StageName, StageOutcome>.Empty, CancellationToken.None);
    }

    /// <summary>Of each stage, the results in order, the last one again and again; null: the bytes of its input are absent.</summary>
    sealed class FakeRebuilder : IRebuilder<string>
    {
        public Dictionary<string, string?[]> Gives { get; } = [];

        public ConcurrentQueue<string> Matched { get; } = new();

        public ConcurrentQueue<string> Blocked { get; } = new();

        public Task<string?> ResolveAsync(PlannedStage stage, ImmutableArray<StageOutcome> inputs, CancellationToken cancellationToken) =>
            Task.FromResult(StageOutcome.ChosenInputs(stage, inputs) is null ? null : stage.Name.ToString());

        public Task<StageOutcome> MatchAsync(
            PlannedStage stage, string resolved, ImmutableArray<(PlannedStage Stage, string Resolved)> peers,
                CancellationToken cancellationToken)
        {
            var results = Gives.GetValueOrDefault(resolved) ?? [resolved];
            var result = results[Math.Min(Matched.Count(s => s == resolved), results.Length - 1)];
            Matched.Enqueue(resolved);
            return Task.FromResult<StageOutcome>(result is null ? new StageOutcome.InputAbsent([stage.Inputs[0].Stage])
                : Chosen(stage, result));
        }

        public Task<StageOutcome> ChooseAsync(PlannedStage choice, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public StageOutcome Broken(PlannedStage stage, Exception e) => new StageOutcome.Failed(0);

        public Task<StageOutcome> BlockedAsync(
            PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs, CancellationToken cancellationToken)
        {
            Blocked.Enqueue(stage.Name.ToString());
            return Task.FromResult<StageOutcome>(new StageOutcome.Skipped(inputs[0].Stage));
        }

        public void OpenAgain(IReadOnlySet<StageName> stages)
        {
        }

        public Task SettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        static StageOutcome.Chosen Chosen(PlannedStage stage, string result)
        {
            var chosen = ChosenResult.Of(new(Digest.Of([])), new(Digest.Of(Encoding.UTF8.GetBytes(result))));
            return new(new(new(stage.Reference, [chosen], Plural: false), Matcher.Default, [], 1), 0);
        }
    }
}
