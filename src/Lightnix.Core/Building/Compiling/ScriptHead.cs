using System.Text;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>The beginning of a script.</summary>
/// <param name="Text">Empty for a file that is no script, or may be run and not read.</param>
readonly partial record struct ScriptHead(string Text)
{
    const int Length = 1024;

    /// <summary>The program that the first line names; null for a file that is no script.</summary>
    public string? Interpreter => First().Match(Text) is { Success: true } first ? first.Groups[1].Value : null;

    /// <summary>The first word for that program, which is a program by name where the other is <c>env</c>.</summary>
    public string Argument => First().Match(Text).Groups[2].Value;

    /// <summary>The program that a wrapper becomes in its last line, absolute, as those of conda do; null where there is none.</summary>
    public string? Wrapped => LastExec().Match(Text) is { Success: true } last ? last.Groups[1].Value : null;

    public static ScriptHead Of(string file)
    {
        var bytes = new byte[Length];
        var read = 0;
        try
        {
            // A FIFO among the programs has no length, and whoever opens it waits for ever.
            if (new FileInfo(OutsideQuestions.RealPath(file)) is not { Exists: true, Length: > 0 })
                return new("");
            using var stream = File.OpenRead(file);
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // It is shown as it is; whoever calls it is told by the system.
        }
        return new(read > 2 && bytes[0] == '#' && bytes[1] == '!' ? Encoding.UTF8.GetString(bytes, 0, read) : "");
    }

    [GeneratedRegex(@"\A#![ \t]*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?", RegexOptions.CultureInvariant)]
    private static partial Regex First();

    [GeneratedRegex("""^\s*exec\s+["']?(/[^"'$\s]+)["']?\s(?=[^\n]*"\$@"\s*\z)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex LastExec();
}
