using System.CommandLine;

namespace Lightnix.Cli;

/// <summary><c>lightnix show</c>: a stage or a record: what made it, its promises, files and runs.</summary>
static class ShowCommand
{
    public static Command Create()
    {
        var what = CommandAction.What();
        return CommandAction.Create("show", "What made a result, its promises, files and runs", [what],
            (p, context) => Run(context, p.GetValue(what)!));
    }

    static int Run(CommandContext context, string text)
    {
        if (context.IsJson)
            Output.Json(new ShownJson(context).Of(text));
        else
            ShownRows.Show([.. new ShownText(context).Of(text)]);
        return ExitCodes.Done;
    }
}
