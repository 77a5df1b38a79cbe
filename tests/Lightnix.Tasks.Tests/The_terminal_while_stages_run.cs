using Lightnix.Model;
using Lightnix.Running;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

public sealed class The_terminal_while_stages_run
{
    static readonly StageName Split = StageName.Parse("split");
    static readonly StageName Model = StageName.Parse("model");

    readonly RecordingEngine _engine = new();
    readonly SetTime _time = new();
    readonly LiveLine _live;
    int _width = 80;

    public The_terminal_while_stages_run() => _live = new(_engine, "data", () => _width, _time);

    [Fact]
    public void Shows_the_run_with_its_replicate_its_time_and_the_last_line_beside_the_stages_that_are_done()
    {
        _live.Add(new BuildEvent.Begun([Split, Model]));
        _live.Add(new BuildEvent.Selected(Split, null!, 0, null, 1));
        Start(Model, 2, of: 5, "epoch 3 loss 0.41");
        _time.Pass(83);
        _live.Refresh();

        Assert.Equal(["_TestRunStart"], _engine.Called);
        Assert.Equal("1/2 model 2/5 1 min 23 s: epoch 3 loss 0.41", Assert.Single(Live));
    }

    [Fact]
    public void Is_left_alone_where_no_run_lasts()
    {
        _live.Add(new BuildEvent.Begun([Split]));
        _live.Refresh();
        Start(Split, 1);
        End(Split, 1);
        _live.Say("split: replicate 1 done in 0.1 s");
        _live.Refresh();
        _live.Finish();

        Assert.Empty(_engine.Called);
        Assert.Empty(_engine.Messages);
    }

    [Fact]
    public void Gets_a_line_that_stays_for_each_run_that_ended_while_others_go_on()
    {
        Start(Model, 1, of: 2);
        Start(Model, 2, of: 2);
        _live.Refresh();
        End(Model, 1);
        _live.Say("model: replicate 1 done in 2.0 s");
        _live.Refresh();

        Assert.Equal(["  model: replicate 1 done in 2.0 s"], Kind("TLTESTOUTPUT"));
        Assert.Equal(["0/0 model 1/2 (+1) 0 s", "0/0 model 2/2 0 s"], Live);
    }

    [Fact]
    public void Shows_each_of_several_runs_in_turn()
    {
        Start(Split, 1);
        Start(Model, 1);
        for (var second = 0; second < 6; second++)
        {
            _time.Pass(1);
            _live.Refresh();
        }

        Assert.Equal(3, Live.Count(l => l.StartsWith("0/0 split (+1)", StringComparison.Ordinal)));
        Assert.Equal(3, Live.Count(l => l.StartsWith("0/0 model (+1)", StringComparison.Ordinal)));
    }

    [Fact]
    public void Gets_no_text_that_is_too_wide_because_it_would_show_none()
    {
        Start(Model, 1, of: 1, new string('x', 500));
        _live.Refresh();

        var shown = Assert.Single(Live);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.True(shown.Length + "data".Length + "  ".Length + " (99999.9s)".Length < 80, shown);
    }

    [Theory]
    [InlineData("漢字")]
    [InlineData("😀")]
    [InlineData("e\u0301é")]
    public void Is_cut_by_columns_and_between_characters(string text)
    {
        Start(Model, 1, of: 1, string.Concat(Enumerable.Repeat(text, 200)));
        _live.Refresh();

        var shown = Assert.Single(Live);
        Assert.InRange(Columns.Of(shown), 58, 80 - "data  (99999.9s)".Length);
        Assert.DoesNotContain(shown.EnumerateRunes(), r => r == Rune.ReplacementChar);
    }

    [Theory]
    [InlineData(0, 80)]
    [InlineData(50, 50)]
    [InlineData(10, 20)]
    [InlineData(300, 120)]
    public void Is_as_wide_as_its_window(int window, int width) => Assert.Equal(width, TerminalWidth.Of(window));

    [Fact]
    public void Names_what_a_build_waits_for_that_runs_nothing_itself()
    {
        _live.Add(new BuildEvent.Begun([Model]));
        _live.Add(new BuildEvent.Waiting(Model, "process 7 on vm", "makes the same run"));
        _live.Say("model: waits for process 7 on vm, which makes the same run");
        _live.Refresh();
        _live.Add(new BuildEvent.Selected(Model, null!, 0, null, 1));
        _live.Refresh();

        Assert.Equal(["  model: waits for process 7 on vm, which makes the same run"], Kind("TLTESTOUTPUT"));
        Assert.StartsWith("0/1 model waits for process 7 on vm, which makes the", Assert.Single(Live), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_refreshed_less_often_the_longer_a_run_takes()
    {
        var count = 0;
        Start(Model, 1, lastLine: () => $"step {count++}");
        for (var second = 0; second < 7200; second++)
        {
            _time.Pass(1);
            _live.Refresh();
        }

        Assert.InRange(Live.Count(), 500, 1200);
    }

    [Fact]
    public void Shows_that_a_script_is_compiled()
    {
        Start(Model, 1);
        _live.Add(new BuildEvent.Compiling(Model, 1, 1));
        _live.Refresh();

        Assert.Equal("0/0 model 0 s: its script is being compiled", Assert.Single(Live));
    }

    [Fact]
    public void Does_not_count_the_time_in_which_a_script_was_compiled()
    {
        Start(Model, 1);
        _time.Pass(1);
        _live.Add(new BuildEvent.Compiling(Model, 1, 1));
        _time.Pass(9);
        _live.Add(new BuildEvent.Compiled(Model, 1, 1, TimeSpan.FromSeconds(9)));
        _time.Pass(2);
        _live.Refresh();

        Assert.Equal("0/0 model 3 s", Assert.Single(Live));
    }

    [Fact]
    public void Shows_foreign_text_without_control_characters()
    {
        Start(Model, 1, of: 1, "\e[2J");
        _live.Refresh();

        Assert.DoesNotContain(Live, l => l.Contains('\e', StringComparison.Ordinal));
    }

    IEnumerable<string> Live => Kind("TLTESTPASSED");

    IEnumerable<string> Kind(string kind) => _engine.Messages.OfType<ExtendedBuildMessageEventArgs>()
        .Where(m => m.ExtendedType == kind).Select(m => m.Message!);

    void Start(StageName stage, int replicate, int of = 1, string lastLine = "") => Start(stage, replicate, () => lastLine, of);

    void Start(StageName stage, int replicate, Func<string> lastLine, int of = 1) =>
        _live.Add(new BuildEvent.Started(stage, replicate, 1, "it was never built here") { Of = of, LastLine = lastLine });

    void End(StageName stage, int replicate) => _live.Add(new BuildEvent.Completed(stage, replicate, 1, TimeSpan.Zero, null, 0));

    sealed class SetTime : TimeProvider
    {
        long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now;

        public void Pass(int seconds) => _now += seconds;
    }
}
