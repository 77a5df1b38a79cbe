namespace Lightnix.Cli;

/// <summary>Shows on standard error how far a long reading is, with its rate and the time that is left: on a terminal one line that
/// changes, elsewhere a line now and then. Standard output stays as it is.</summary>
sealed class ReadingProgress(TextWriter error, bool isTerminal, TimeProvider clock) : IDisposable
{
    // Short work needs no progress.
    readonly TimeSpan _every = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(15);

    long _began = clock.GetTimestamp(), _shown = clock.GetTimestamp(), _last;
    int _width;

    public void Report(long bytes, long all)
    {
        // The store is read once more.
        if (bytes < _last)
            _began = clock.GetTimestamp();
        _last = bytes;
        if (clock.GetElapsedTime(_shown) < _every)
            return;
        _shown = clock.GetTimestamp();
        Show(Text(bytes, all, clock.GetElapsedTime(_began)));
    }

    /// <summary>As <c>1.2 GiB of 9 GiB read, 350 MiB/s, 23 s left</c>.</summary>
    static string Text(long bytes, long all, TimeSpan took)
    {
        var rate = bytes / Math.Max(took.TotalSeconds, 0.001);
        var left = TimeSpan.FromSeconds(Math.Ceiling((all - bytes) / Math.Max(rate, 1)));
        return $"{Quantities.Text(bytes)} of {Quantities.Text(all)} read, {Quantities.Text((long)rate)}/s, {Time(left)} left";
    }

    static string Time(TimeSpan left) => left.TotalMinutes < 2
        ? FormattableString.Invariant($"{left.TotalSeconds:0} s")
        : FormattableString.Invariant($"{left.TotalMinutes:0} min");

    void Show(string text)
    {
        if (isTerminal)
            error.Write("\r" + text.PadRight(_width));
        else
            error.WriteLine($"lightnix: {text}");
        _width = text.Length;
    }

    /// <summary>Takes the line of a terminal away.</summary>
    public void Dispose()
    {
        if (isTerminal && _width > 0)
            error.Write("\r" + new string(' ', _width) + "\r");
    }
}
