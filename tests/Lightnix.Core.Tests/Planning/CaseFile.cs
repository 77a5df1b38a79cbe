namespace Lightnix.Planning;

/// <summary>
/// A file of cases: a line <c># title</c>, lines of input, then lines <c>&gt; output</c>. The outputs are approved as one text.
/// </summary>
static class CaseFile
{
    public sealed record Case(string Title, string Input, string Output);

    public static IReadOnlyList<Case> Read(string file)
    {
        var cases = new List<Case>();
        foreach (var block in ("\n" + System.IO.File.ReadAllText(Approved.File(file))).Split("\n# ").Skip(1))
        {
            var lines = block.TrimEnd('\n').Split('\n');
            cases.Add(new(
                lines[0],
                string.Join('\n', lines.Skip(1).Where(l => !IsOutput(l))).Trim('\n'),
                string.Join('\n', lines.Where(IsOutput))));
        }
        return cases;
    }

    /// <summary>Runs every case; says which differ, and prints what they gave.</summary>
    public static void Check(string file, Func<string, IEnumerable<string>> run)
    {
        var text = new StringBuilder();
        var wrong = new StringBuilder();
        foreach (var each in Read(file))
        {
            var output = string.Join('\n', run(each.Input).Select(line => $"> {line}"));
            text.Append($"# {each.Title}\n{each.Input}\n{output}{(output.Length > 0 ? "\n" : "")}\n");
            if (output != each.Output)
                wrong.Append($"\n# {each.Title}\n{each.Input}\nwas approved as\n{each.Output}\nand is now\n{output}\n");
        }
        if (Environment.GetEnvironmentVariable("LIGHTNIX_APPROVE") == "1")
            System.IO.File.WriteAllText(Approved.File(file), text.ToString().TrimEnd('\n') + "\n", new UTF8Encoding(false));
        else
            Assert.True(wrong.Length == 0, wrong.ToString());
    }

    static bool IsOutput(string line) => line == ">" || line.StartsWith("> ", StringComparison.Ordinal);
}
