using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Finds the cure of a failure whose message alone says little.</summary>
static class FailureHints
{
    const int Beginning = 4096;
    const int MostOpened = 100;

    /// <summary>The cure with a newline in front; empty where none is known.</summary>
    /// <param name="printed">The end of the log.</param>
    /// <param name="projectFolder">Null: it is not known.</param>
    public static string Of(PlannedStage stage, BuildOutcome outcome, string printed, string? projectFolder)
    {
        if (outcome is not BuildOutcome.Failed { LeftBehind.IsEmpty: true } failed)
            return "";
        var hint = failed.Hint ?? Of(stage, failed.ExitCode, printed)
            ?? (failed.ExitCode is null || projectFolder is null ? null : UndeclaredFiles.Hint(stage, printed, projectFolder));
        return hint is null ? "" : $"\n{hint}";
    }

    static string? Of(PlannedStage stage, int? code, string printed)
    {
        if (code is 141 && stage.Derivation.Builder is Builder.Command { Shell: Shells.Bash })
        {
            return "Exit code 141 is that of a program in a pipeline whose reader ended before it, as 'yes | head -1'. Shell=\"bash\" "
                + "counts it (set -o pipefail): "
                + "let the reader read to the end, or begin the command with 'set +o pipefail'";
        }
        if (code is 126 && printed.Contains("Argument list too long", StringComparison.Ordinal))
        {
            return "A program takes 131,071 bytes in one argument, and mostly 2 MiB in all. Write many paths into its input, as in "
                + "'printf \"%s\\0\" @{stage/file} | xargs -0 cat', or make the step a script, as Script=\"step.py\", which reads all "
                + "parameters and inputs of the stage from the file that LIGHTNIX_CONTEXT names";
        }
        if (code is 126 or 127 && stage.Sources.Select(s => (s.Entry, Interpreter: MissingInterpreter(s, printed)))
            .FirstOrDefault(s => s.Interpreter is not null) is ({ } entry, { } interpreter))
            return $"'{entry.Path}' begins with '#!{interpreter}', and there is no '{interpreter}': correct its first line, or install the "
                + "program";
        return code is null ? null : Opened(stage, printed).Where(s => HasWindowsLines(s, code.Value)).Select(s =>
            $"'{s.Entry.Path}' has line ends of Windows (CRLF), and a Unix shell takes the CR for a part of the line: save it with LF (in "
                + $"Git: '{s.Entry.Path.Name} text eol=lf' in .gitattributes)").FirstOrDefault();
    }

    /// <summary>Sources that the log names, and some of the others.</summary>
    static IEnumerable<SourceFile> Opened(PlannedStage stage, string printed) =>
        stage.Sources.OrderByDescending(s => printed.Contains(s.Entry.Path.Name, StringComparison.Ordinal)).Take(MostOpened);

    /// <summary>Whether a source is a shell script with such line ends. After "not found", any script counts.</summary>
    static bool HasWindowsLines(SourceFile source, int code)
    {
        var text = BeginningOf(source.File);
        var first = text.Split('\n')[0];
        var named = first.StartsWith("#!", StringComparison.Ordinal);
        return (named && first.EndsWith('\r') && (code is 126 or 127 || first.TrimEnd('\r').EndsWith("sh", StringComparison.Ordinal)))
            || (source.Entry.Path.Name.EndsWith(".sh", StringComparison.Ordinal) && text.Contains("\r\n", StringComparison.Ordinal));
    }

    /// <summary>The missing interpreter of a script. A shell then reports the script as missing.</summary>
    static string? MissingInterpreter(SourceFile source, string printed)
    {
        if (!SystemTraits.HasInterpreterLines || !printed.Contains(source.Entry.Path.Name, StringComparison.Ordinal))
            return null;
        var first = BeginningOf(source.File).Split('\n')[0];
        // Line ends of Windows have a hint of their own.
        return first.StartsWith("#!", StringComparison.Ordinal) && !first.EndsWith('\r')
            && first[2..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [['/', ..] program, ..]
                && !File.Exists(program) ? program : null;
    }

    static string BeginningOf(string file) => Encoding.Latin1.GetString(SmallFile.Beginning(file, Beginning));
}
