using System.Text.RegularExpressions;

namespace Lightnix.Sdk;

/// <summary>
/// A page of the docs. A code block whose first line names a file is that file. Blocks of the kind <c>console</c> hold commands, each after
/// <c>$ </c>, and what they print: <c>…</c> stands for any text, and a line of it for any lines. Those of the kind <c>terminal</c> run in
/// a terminal of 120 columns without colours.
/// </summary>
sealed partial class Page(string path)
{
    readonly string _text = File.ReadAllText(RepositoryRoot.File(path));

    public IEnumerable<(string Kind, string File, string Text)> Blocks =>
        Block().Matches(_text).Select(m => (m.Groups["kind"].Value, m.Groups["file"].Value, m.Groups["text"].Value));

    /// <summary>Writes the files and runs the commands in the order of the page, in one shell.</summary>
    public void Follow(Playground playground, string folder)
    {
        using var shell = new Shell(playground, folder);
        foreach (var (kind, file, text) in Blocks)
        {
            if (kind is "console" or "terminal")
                foreach (Match command in Command().Matches(text))
                    Run(shell, kind, command.Groups["line"].Value, command.Groups["output"].Value);
            else if (file.Length > 0)
                Write(Path.Combine(shell.Folder, file), text);
        }
    }

    /// <summary>Writes the files that the page names.</summary>
    public void WriteFiles(string folder)
    {
        foreach (var (_, file, text) in Blocks.Where(b => b.File.Length > 0))
            Write(Path.Combine(folder, file), text);
    }

    void Run(Shell shell, string kind, string command, string expected)
    {
        var printed = kind == "terminal" ? Shown(shell.Run(InTerminal(command))) : shell.Run(command);
        if (!Pattern(expected).IsMatch(printed))
            Assert.Fail($"{path} shows:\n$ {command}\n{expected}\nIt printed:\n{printed}");
    }

    // The program of util-linux that runs a command in a pseudo-terminal.
    static string InTerminal(string command) =>
        $"script -qec 'stty cols 120; NO_COLOR=1; export NO_COLOR; {command.Replace("'", @"'\''", StringComparison.Ordinal)}' /dev/null";

    // Without what prepares the keys of a terminal, and blanks at the ends of lines.
    static string Shown(string printed) => Ends().Replace(printed.Replace("\x1b[?1h\x1b=", "", StringComparison.Ordinal), "\n");

    static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    static Regex Pattern(string expected) => new(
        @"\A" + string.Concat(expected.Split('\n').SkipLast(1).Select(Line)) + @"\z", RegexOptions.CultureInvariant);

    static string Line(string line) =>
        line == "…" ? @"(.*\n)*" : string.Join(".*", line.Split('…').Select(Regex.Escape)) + @"\n";

    [GeneratedRegex(@"^```(?<kind>\w+) ?(?<file>\S*)\n(?<text>(.*\n)*?)```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"[ \r]*\n")]
    private static partial Regex Ends();

    [GeneratedRegex(@"^\$ (?<line>.*)\n(?<output>((?!\$ ).*\n)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
