using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Lightnix.Cli;

/// <summary>Parses the command line and invokes a command.</summary>
static class CommandLine
{
    const string Help = "lightnix --help lists the verbs and options";

    // One a line, in the order of the help. Only the verb that is called is made: that is a fifth of a start.
    static readonly (string Verb, Func<Command> Create)[] Verbs =
    [
        ("ls", LsCommand.Create),
        ("show", ShowCommand.Create),
        ("log", LogCommand.Create),
        ("status", StatusCommand.Create),
        ("why", WhyCommand.Create),
        ("trace", TraceCommand.Create),
        ("diff", DiffCommand.Create),
        ("runs", RunsCommand.Create),
        ("history", HistoryCommand.Create),
        ("variance", VarianceCommand.Create),
        ("graph", GraphCommand.Create),
        ("report", ReportCommand.Create),
        ("build", BuildCommand.Build),
        ("plan", BuildCommand.Plan),
        ("run", BuildCommand.Run),
        ("test", BuildCommand.Test),
        ("shell", ShellCommand.Create),
        ("adopt", AdoptCommand.Create),
        ("unadopt", UnadoptCommand.Create),
        ("note", NoteCommand.Create),
        ("pin", PinCommand.Create),
        ("unpin", UnpinCommand.Create),
        ("rm", RmCommand.Create),
        ("unreject", UnrejectCommand.Create),
        ("export", ExportCommand.Create),
        ("import", ImportCommand.Create),
        ("prov", ProvCommand.Create),
        ("verify", VerifyCommand.Create),
        ("gc", GcCommand.Create),
    ];

    /// <summary>Names of all verbs.</summary>
    public static IEnumerable<string> Names => Verbs.Select(v => v.Verb);

    public static int Run(string[] args)
    {
        var words = args switch
        {
            [] => ["--help"],
            ["help", .. var verb] => [.. verb, "--help"],
            _ => args,
        };
        var root = Root(words[0]);
        // Nothing is read from a file because an argument begins with @.
        var parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // A shell asks what it may complete.
        var isQuestion = words[0].StartsWith("[suggest", StringComparison.Ordinal);
        var mistakes = isQuestion ? [] : Mistakes(parsed).ToList();
        return mistakes.Count > 0 ? Refuse(mistakes)
            : parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = Output.Out, Error = Output.Err });
    }

    static RootCommand Root(string first)
    {
        var root = new RootCommand("Looks into a Lightnix store, takes care of it, and calls dotnet build.");
        foreach (var option in CommandContext.Options)
            root.Add(option);
        var called = Verbs.Where(v => v.Verb == first).ToArray();
        foreach (var (_, create) in called.Length > 0 ? called : Verbs)
            root.Add(create());
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    static int Refuse(IEnumerable<string> mistakes)
    {
        foreach (var mistake in mistakes)
            Output.Error(mistake);
        Output.Err.WriteLine(Help);
        return ExitCodes.Wrong;
    }

    static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand root && parsed.UnmatchedTokens is [var verb, ..])
            return [Unknown(verb, [.. root.Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))])];
        var options = UnknownOptions(parsed).ToList();
        return options.Count > 0 ? options.Select(o => NoOption(command, o)) : parsed.Errors.Select(e => e.Message);
    }

    // System.CommandLine takes one for an argument where the verb has arguments. No stage and no reference begins so.
    static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value)
            .Concat(parsed.UnmatchedTokens).Where(t => t is ['-', _, ..] && before.Contains(t));
    }

    static string NoOption(Command command, string option)
    {
        var known = command.Options.Concat(CommandContext.Options).SelectMany(o => o.Aliases.Prepend(o.Name)).ToList();
        var cure = Spelling.Nearest(option, known) is { } nearest ? $"did you mean '{nearest}'?"
            : $"its options are {string.Join(", ", known)}";
        return $"'lightnix {command.Name}' has no option '{option}': {cure}";
    }

    static string Unknown(string verb, IReadOnlyList<string> verbs)
    {
        var cure = Spelling.Nearest(verb, verbs) is { } nearest
            ? $"did you mean 'lightnix {nearest}'?"
            : $"the verbs are {string.Join(", ", verbs)}";
        return $"there is no verb '{verb}': {cure}";
    }
}
