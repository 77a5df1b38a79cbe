using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Limits of arguments and variables, checked first because the system reports only "Argument list too long".</summary>
static class ArgumentLimits
{
    /// <summary>Linux allows 32 pages for each argument and each variable, with the zero byte at its end.</summary>
    public const int EachMost = (32 * 4096) - 1;

    /// <summary>Linux allows a quarter of the stack's limit for all together: at least 32 pages, at most three quarters of 8 MiB.</summary>
    const long AllLeast = 32 * 4096, AllMost = 6 * 1024 * 1024;

    /// <summary>For names of files, and for additions of the sandbox.</summary>
    const long Reserve = 16 * 1024;

    /// <summary>What <c>cmd</c> takes in one line.</summary>
    const int CmdMost = 8191;

    const string Cure =
        "Let the builder read them from a file: the one that LIGHTNIX_CONTEXT names holds all parameters and inputs of the stage, also "
        + "those of a Matrix";

    const string CureOfCmd = "Put it into a script: Shell=\"pwsh\", or Script=\"step.ps1\" with the text in that file";

    /// <summary>What is too long in each run of a stage, with the shortest values that its placeholders can have; null: nothing.</summary>
    public static string? ProblemOf(PlannedStage stage)
    {
        if (!IsLong(stage))
            return null;
        var bindings = new Bindings(1, 1, 1, stage.Derivation.Parameters,
            ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));
        return ProblemOf(Planner.Invoke(stage, stage.Derivation.Builder, bindings, programFolder: ""), Planner.Variables(stage, bindings));
    }

    /// <summary>A quick look: true where the texts have at least half of the least limit, for quotes may double them.</summary>
    static bool IsLong(PlannedStage stage)
    {
        var length = 0;
        foreach (var value in stage.Derivation.Environment.Values)
            length += value.Length;
        foreach (var part in stage.AllTemplates.SelectMany(template => template.Parts))
        {
            length += part switch
            {
                TemplatePart.Literal literal => literal.Text.Length,
                TemplatePart.Parameter parameter => stage.Derivation.Parameters[parameter.Name].Length,
                TemplatePart.Input input => input.At.Length * StageName.MaxLength,
                _ => 0,
            };
        }
        return length > CmdMost / 2;
    }

    /// <summary>What is too long in an invocation and its variables, whatever runs it; null: nothing.</summary>
    public static string? ProblemOf(Invocation invocation, IReadOnlyDictionary<string, string> variables)
    {
        if (invocation is Invocation.Shell { Name: Shells.Cmd } shell
            && CommandLines.Line(shell.Name, shell.Text) is { Length: > CmdMost } line)
            return $"the command has {Bytes(line.Length)} characters, and cmd takes {Bytes(CmdMost)}. {CureOfCmd}";
        var words = invocation switch
        {
            Invocation.Script script => script.Arguments,
            Invocation.Program program => program.Arguments,
            _ => [],
        };
        if (words.FirstOrDefault(IsTooLong) is { } word)
            return TooLong($"the argument '{word[..20]}…'", word);
        return variables.Where(v => IsTooLong($"{v.Key}={v.Value}")).Select(v => TooLong($"the variable '{v.Key}'", v.Value))
            .FirstOrDefault();
    }

    public static bool IsTooLong(string text) => OperatingSystem.IsLinux() && Encoding.UTF8.GetByteCount(text) > EachMost;

    /// <summary>Checks the words and variables of a command.</summary>
    /// <exception cref="StartException">They are too long. The message has a cure.</exception>
    public static void Check(ProcessCommand command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        for (var i = 0; i < command.Words.Length; i++)
        {
            if (IsTooLong(command.Words[i]))
                throw new StartException(TooLong($"argument {i + 1} of '{command.Name}'", command.Words[i]));
        }
        foreach (var (name, value) in command.Environment)
        {
            if (IsTooLong($"{name}={value}"))
                throw new StartException(TooLong($"the variable '{name}'", value));
        }
        // Each also needs a pointer.
        var all = command.Words.Concat(command.Environment.Select(v => $"{v.Key}={v.Value}"))
            .Sum(t => Encoding.UTF8.GetByteCount(t) + 1L + 8);
        if (all > AllLeast - Reserve && all > Together() - Reserve)
            throw new StartException(
                $"the arguments and variables of '{command.Name}' have {Bytes(all)} bytes together, and this system takes "
                + $"{Bytes(Together() - Reserve)}. {Cure}");
    }

    /// <summary>The kernel's table. In some C libraries, <c>sysconf</c> returns the least value of all systems.</summary>
    static long Together()
    {
        const string stack = "Max stack size";
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(stack, StringComparison.Ordinal));
        var soft = line?[stack.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? Math.Clamp(bytes / 4, AllLeast, AllMost) : AllMost;
    }

    static string TooLong(string what, string text) =>
        $"{what} has {Bytes(Encoding.UTF8.GetByteCount(text))} bytes, and Linux takes {Bytes(EachMost)} for each. {Cure}";

    static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
