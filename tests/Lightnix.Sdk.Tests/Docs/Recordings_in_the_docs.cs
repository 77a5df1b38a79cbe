using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lightnix.Sdk;

/// <summary>What <c>docs/verbs.md</c> shows of a terminal is what a terminal shows.</summary>
[Trait("Speed", "Slow")]
public sealed partial class Recordings_in_the_docs
{
    [TerminalFact]
    public async Task Are_what_tmux_captures_but_for_times()
    {
        using var recording = Process.Start(new ProcessStartInfo(RepositoryRoot.File("docs/record"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var problem = recording.StandardError.ReadToEndAsync();
        var captured = await recording.StandardOutput.ReadToEndAsync();
        await recording.WaitForExitAsync();
        Assert.True(recording.ExitCode == 0, await problem);

        var shown = Blocks().Matches(await File.ReadAllTextAsync(RepositoryRoot.File("docs/verbs.md")))
            .Select(m => $"== {m.Groups["name"].Value}\n{m.Groups["text"].Value}");

        Assert.Equal(WithoutTimes(string.Concat(shown)), WithoutTimes(captured));
    }

    // Which of two runs ends first is chance too.
    static string WithoutTimes(string text) => Blanks().Replace(Numbers().Replace(Times().Replace(text, "T"), "N"), " ");

    [GeneratedRegex(@"<!-- recording: (?<name>\w+) -->\n```text\n(?<text>[^`]*)```")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\d+ min \d+ s|\d+(\.\d)? ?s\b")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=replicate |= |model |epoch )\d+(\.\d+)?|(?<=loss )[\d.]+")]
    private static partial Regex Numbers();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
