using System.CommandLine;
using System.Diagnostics;

namespace Lightnix.Cli;

/// <summary><c>lightnix adopt</c>: takes results of a stage's last choice as those of what it is now, without a run.</summary>
/// <remarks>What a stage is now, only a build knows: the verb calls <c>dotnet build</c>, first to show the difference.</remarks>
static class AdoptCommand
{
    // MSBuild gives these a meaning in the value of a property.
    const string Special = "%*?@$();',\"\n\r";

    public static Command Create()
    {
        var stages = new Argument<string[]>("stage") { Description = "Stages of the project", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { Description = "Why the difference does not matter", Required = true };
        var inputs = new Option<bool>("--inputs-too") { Description = "Also where the content of an input changed" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        return CommandAction.Create("adopt", "Take the results of a stage's last choice as those of what it is now",
            [reason, inputs, yes, stages],
            (p, context) => Run(context, p.GetValue(stages)!, p.GetValue(reason)!, p.GetValue(inputs), p.GetValue(yes)));
    }

    static int Run(CommandContext context, string[] stages, string reason, bool inputsToo, bool yes)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new MistakeException("an adoption needs a reason: --reason \"…\"");
        string[] words =
        [
            "build", Project(context), "-nologo", "-v:m", "-tl:off", "-t:LightnixAdopt", Property("Stages", string.Join(' ', stages)),
            Property("AdoptReason", reason), Property("Store", context.Store.Folder),
            Property("AdoptInputsToo", inputsToo ? "true" : "false"),
        ];
        if (!yes)
        {
            if (Build(words) is var shown and not 0)
                return shown;
            if (!Asked())
                return ExitCodes.Done;
        }
        return Build([.. words, Property("AdoptWrites", "true")]);
    }

    static bool Asked()
    {
        if (Console.IsInputRedirected)
        {
            Output.Line("nothing was adopted: --yes does it");
            return false;
        }
        Console.Error.Write("adopt? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    static string Project(CommandContext context) => context.Mine() switch
    {
        [var root] => root.Project,
        [] => throw new MistakeException("no project of the current folder was built with this store: name one with --project"),
        var several => throw new MistakeException(
            $"the current folder has {Listed.First(5, several.Select(r => $"'{r.Project}'"))}: say which with --project"),
    };

    static string Property(string name, string value) => $"-p:Lightnix{name}=" + string.Concat(value.Select(c => Special.Contains(c)
        ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString()));

    static int Build(IEnumerable<string> words)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", words) { UseShellExecute = false })!;
        build.WaitForExit();
        return build.ExitCode == 0 ? ExitCodes.Done : ExitCodes.Found;
    }
}
