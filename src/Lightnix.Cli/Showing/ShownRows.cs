namespace Lightnix.Cli;

/// <summary>Rows of a label and a value: aligned on a terminal, with tabs elsewhere.</summary>
static class ShownRows
{
    const int LabelWidth = 12;
    const int MostOfOneKind = 50;

    /// <param name="rows">An empty value makes the label a title.</param>
    public static void Show(ImmutableArray<(string Label, string Value)> rows)
    {
        if (!Output.IsTerminal)
        {
            Output.Rows([], rows.Where(r => r.Value.Length > 0).Select(r => new[] { r.Label, r.Value }));
            return;
        }
        var (last, count) = ("", 0);
        foreach (var (label, value) in rows)
        {
            End(label);
            if (value.Length == 0)
                Output.Line(label);
            else if (count < MostOfOneKind)
                Output.Line($"  {(label == last ? "" : label).PadRight(LabelWidth)} {Indented(value)}");
            (last, count) = (label, label == last ? count + 1 : 1);
        }
        End("");

        void End(string label)
        {
            if (label != last && count > MostOfOneKind)
                Output.Line(FormattableString.Invariant($"  {"",LabelWidth} … and {count - MostOfOneKind} more"));
        }
    }

    // Further lines are indented: no text of a record looks like a label.
    static string Indented(string value) => value.Trim().Replace("\n", "\n" + new string(' ', LabelWidth + 3), StringComparison.Ordinal);
}
