namespace Lightnix.Cli;

[Trait("Speed", "Slow")]
public sealed class ALongReading : IDisposable
{
    const long MiB = 1 << 20;

    readonly StringWriter _error = new();
    readonly Clock _clock = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Says_now_and_then_where_output_is_redirected()
    {
        using (var progress = new ReadingProgress(_error, isTerminal: false, _clock))
        {
            for (var second = 1; second <= 40; second++)
            {
                _clock.Seconds = second;
                progress.Report(second * MiB, 100 * MiB);
            }
        }

        Assert.Equal("""
            lightnix: 15 MiB of 100 MiB read, 1 MiB/s, 85 s left
            lightnix: 30 MiB of 100 MiB read, 1 MiB/s, 70 s left

            """, _error.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Changes_one_line_on_a_terminal_and_takes_it_away()
    {
        using (var progress = new ReadingProgress(_error, isTerminal: true, _clock))
        {
            _clock.Seconds = 1;
            progress.Report(10 * MiB, 1000 * MiB);
            _clock.Seconds = 2;
            progress.Report(30 * MiB, 1000 * MiB);
        }

        var first = "10 MiB of 1000 MiB read, 10 MiB/s, 99 s left";
        var last = "30 MiB of 1000 MiB read, 15 MiB/s, 65 s left";
        Assert.Equal($"\r{first}\r{last}\r{new string(' ', last.Length)}\r", _error.ToString());
    }

    [Fact]
    public void Says_nothing_where_it_is_short()
    {
        using (var progress = new ReadingProgress(_error, isTerminal: true, _clock))
            progress.Report(MiB, MiB);

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Begins_anew_where_all_is_read_again()
    {
        using var progress = new ReadingProgress(_error, isTerminal: false, _clock);
        _clock.Seconds = 100;
        progress.Report(100 * MiB, 100 * MiB);
        progress.Report(0, 100 * MiB);
        _clock.Seconds = 120;
        progress.Report(40 * MiB, 100 * MiB);

        Assert.EndsWith("40 MiB of 100 MiB read, 2 MiB/s, 30 s left", _error.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
