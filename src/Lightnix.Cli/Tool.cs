using System.CommandLine;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>The command line: its verbs and options, and what becomes of mistakes. See docs/cli.md.</summary>
static class Tool
{
    /// <summary>Exit codes; the documentation's table.</summary>
    public const int Done = 0, Found = 1, Wrong = 2, StoreProblem = 3, Unsaid = 4;

    static readonly Option<string?> StoreOption = new("--store") { Description = "The store; else LIGHTNIX_STORE, else ~/.lightnix", Recursive = true };
    static readonly Option<string?> ProjectOption = new("--project") { Description = "The project whose stages are meant; else those of the current folder", Recursive = true };
    static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON value, with the fields of docs/cli.md", Recursive = true };

    public static int Run(string[] args)
    {
        var root = new RootCommand("Looks into a Lightnix store and takes care of it. Building is dotnet build's.") { StoreOption, ProjectOption, JsonOption };
        foreach (var each in Verbs())
            root.Add(each);
        var parsed = root.Parse(args is ["help", .. var verb] ? [.. verb, "--help"] : args);
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..])
            return Unknown(unknown, [.. root.Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name))]);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Speech.Complain($"{error.Message}");
            Console.Error.WriteLine("lightnix --help lists the verbs and options");
            return Wrong;
        }
        return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
    }

    static int Unknown(string verb, IReadOnlyList<string> verbs)
    {
        var cure = Spelling.Nearest(verb, verbs) is { } nearest ? $"did you mean 'lightnix {nearest}'?" : $"the verbs are {string.Join(", ", verbs)}";
        Speech.Complain($"there is no verb '{verb}': {cure}");
        Console.Error.WriteLine("lightnix --help lists the verbs and options");
        return Wrong;
    }

    static IEnumerable<Command> Verbs()
    {
        var what = new Argument<string>("what") { Description = "A stage of the project, or the beginning (4 characters or more) of a reference" };
        var runs = new Option<bool>("--runs") { Description = "Every run, not only what was chosen" };
        yield return Verb("ls", "Roots and their stages: what was chosen, its metric, size and time", [runs], (p, d) => new Lister(d).Run(p.GetValue(runs)));
        yield return Verb("show", "A record, what is in its tree, and its runs", [what], (p, d) => new Shower(d).Run(p.GetValue(what)!));
        yield return Verb("log", "What a builder printed", [what], (p, d) => new LogPrinter(d).Run(p.GetValue(what)!));

        var repair = new Option<bool>("--repair") { Description = "Mend what can be mended; the rest goes to lost/" };
        yield return Verb("verify", "Look at every byte of the store", [repair], (p, d) => Verifier.Run(d, p.GetValue(repair)));

        var yes = new Option<bool>("--yes") { Description = "Do it; without: only the plan" };
        var best = new Option<int>("--keep-best") { Description = "Of each stage, this many by metric stay" };
        var last = new Option<int>("--keep-last") { Description = "Of each stage, this many of the last made stay" };
        var older = new Option<string?>("--older-than") { Description = "Only what was not used for so long: 12h, 30d, 8w" };
        var size = new Option<string?>("--max-size") { Description = "Only until the store is so small: 500MiB, 20GiB" };
        var forget = new Option<string[]>("--forget") { Description = "A project whose root ends" };
        var lost = new Option<bool>("--lost") { Description = "Also what repairs took out" };
        yield return Verb("gc", "Collect what nothing needs", [yes, best, last, older, size, forget, lost], (p, d) => Collector.Run(d, p.GetValue(yes), new()
        {
            KeepBest = Quantities.Count(p.GetValue(best)),
            KeepLast = Quantities.Count(p.GetValue(last)),
            OlderThan = p.GetValue(older) is { } o ? Quantities.Age(o) : null,
            MaxSize = p.GetValue(size) is { } s ? Quantities.Size(s) : null,
            Lost = p.GetValue(lost),
            Forget = [.. (p.GetValue(forget) ?? []).Select(d.ProjectName)],
        }));

        var reason = new Option<string?>("--reason") { Description = "Why, for those who come later" };
        var closure = new Option<bool>("--closure") { Description = "Also all that it was made from" };
        yield return Verb("pin", "Keep a realization, whatever is collected", [what, reason, closure], (p, d) => new Keeper(d).Pin(p.GetValue(what)!, p.GetValue(reason), p.GetValue(closure)));
        yield return Verb("unpin", "Keep it no longer", [what, closure], (p, d) => new Keeper(d).Unpin(p.GetValue(what)!, p.GetValue(closure)));
        var needed = new Option<string>("--reason") { Description = "Why, for those who come later", Required = true };
        var rm = Verb("rm", "Reject a realization: it is never chosen again, and its reason stays", [what, needed], (p, d) => new Keeper(d).Reject(p.GetValue(what)!, p.GetValue(needed)!));
        rm.Aliases.Add("reject");
        yield return rm;
        yield return Verb("unreject", "Take a rejection back: the realization may be chosen again", [what], (p, d) => new Keeper(d).Unreject(p.GetValue(what)!));
    }

    static Command Verb(string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, Desk, int> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Add(option);
            else
                command.Add((Argument)symbol);
        }
        command.SetAction(parsed =>
        {
            try
            {
                using var desk = Desk.Open(parsed.GetValue(StoreOption), parsed.GetValue(ProjectOption), parsed.GetValue(JsonOption));
                return run(parsed, desk);
            }
            catch (MistakeException e)
            {
                Speech.Complain($"{e.Message}");
                return Wrong;
            }
            catch (StoreException e)
            {
                Speech.Complain($"error {e.Code}: {e.Message}");
                return StoreProblem;
            }
            catch (OutputException e)
            {
                Speech.Complain($"what was to be said could not be written: {e.Message}");
                return Unsaid;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Speech.Complain($"error LNX3003: {StorageErrors.Failed("the store could not be written or read", e, "try again").Message}");
                return StoreProblem;
            }
        });
        return command;
    }
}
