using System.CommandLine;

namespace Lightnix.Cli;

/// <summary>Parses the command line and invokes a command.</summary>
static class CommandLine
{
    const string Help = "lightnix --help lists the verbs and options";

    public static int Run(string[] args)
    {
        var root = new RootCommand("Looks into a Lightnix store, takes care of it, and calls dotnet build.");
        foreach (var option in CommandContext.Options)
            root.Add(option);
        foreach (var command in Commands())
            root.Add(command);
        var parsed = root.Parse(args is ["help", .. var verb] ? [.. verb, "--help"] : args);
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..])
            return Refuse([Unknown(unknown, [.. root.Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))])]);
        return parsed.Errors.Count > 0
            ? Refuse(parsed.Errors.Select(e => e.Message))
            : parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
    }

    static IEnumerable<Command> Commands() =>
    [
        LsCommand.Create(),
        ShowCommand.Create(),
        LogCommand.Create(),
        StatusCommand.Create(),
        WhyCommand.Create(),
        TraceCommand.Create(),
        DiffCommand.Create(),
        RunsCommand.Create(),
        HistoryCommand.Create(),
        VarianceCommand.Create(),
        GraphCommand.Create(),
        ReportCommand.Create(),
        .. BuildCommand.CreateAll(),
        ShellCommand.Create(),
        AdoptCommand.Create(),
        UnadoptCommand.Create(),
        NoteCommand.Create(),
        PinCommand.Create(),
        UnpinCommand.Create(),
        RmCommand.Create(),
        UnrejectCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
        ProvCommand.Create(),
        VerifyCommand.Create(),
        GcCommand.Create(),
    ];

    static int Refuse(IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
            Output.Error(mistake);
        Console.Error.WriteLine(Help);
        return ExitCodes.Wrong;
    }

    static string Unknown(string verb, IReadOnlyList<string> verbs)
    {
        var cure = Spelling.Nearest(verb, verbs) is { } nearest
            ? $"did you mean 'lightnix {nearest}'?"
            : $"the verbs are {string.Join(", ", verbs)}";
        return $"there is no verb '{verb}': {cure}";
    }
}
