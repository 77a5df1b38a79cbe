namespace Lightnix.Cli;

/// <summary>Lines at the bottom of a terminal that are shown again and again, each time in the place of the former ones.</summary>
sealed class LiveScreen
{
    int _shown;

    public void Show(IEnumerable<string> lines)
    {
        // One that scrolled away could not be overwritten.
        var most = Math.Max(1, Terminal.Height - 1);
        var all = lines.ToList();
        var text = new StringBuilder(_shown > 0 ? $"\u001b[{_shown.ToString(CultureInfo.InvariantCulture)}A\u001b[J" : "");
        foreach (var line in all.Take(most))
            text.Append(line).Append('\n');
        _shown = Math.Min(all.Count, most);
        Output.Write(() => Output.Out.Write(text.ToString()));
    }
}
