using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Makes commands that open a store, and turns exceptions into messages and exit codes.</summary>
static class CommandAction
{
    // Arguments that are stages or references.
    static readonly string[] Named = ["what", "stage", "before", "now", "run"];

    /// <summary>Names a stage or a record.</summary>
    public static Argument<string> What() =>
        new("what") { Description = "A stage of the project, or the beginning (4 characters or more) of a reference" };

    /// <param name="makesStore">True for a verb that fills a store: where there is none, one is made.</param>
    public static Command Create(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, CommandContext, int> run,
        bool makesStore = false) => CreateWithoutStore(name, description, symbols, parsed =>
        {
            using var context = CommandContext.Open(parsed, makesStore);
            return run(parsed, context);
        });

    /// <summary>Of a verb that opens no store itself.</summary>
    public static Command CreateWithoutStore(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, int> run)
    {
        var command = new Command(name, description);
        foreach (var option in symbols.OfType<Option>())
            command.Add(option);
        foreach (var argument in symbols.OfType<Argument>())
        {
            if (Named.Contains(argument.Name))
            {
                argument.CompletionSources.Add(Completions.Of);
                // Else the help would list them.
                argument.HelpName ??= argument.Name;
            }
            command.Add(argument);
        }
        command.SetAction(parsed => Guard(() => run(parsed)));
        return command;
    }

    static int Guard(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (MistakeException e)
        {
            return Fail(ExitCodes.Wrong, e.Message);
        }
        catch (StoreException e)
        {
            return Fail(ExitCodes.StoreProblem, $"error {e.Code}: {e.Message}");
        }
        catch (OutputException e)
        {
            return Fail(ExitCodes.OutputProblem, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.StoreProblem,
                $"error LNX3003: {StorageErrors.Failed("the store could not be written or read", e, "try again").Message}");
        }
    }

    static int Fail(int code, string message)
    {
        Output.Error(message);
        return code;
    }
}
