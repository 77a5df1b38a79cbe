using System.CommandLine;
using Lightnix.Explaining;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix adopt</c>: takes results of a stage's last choice as those of what it is now, without a run.</summary>
/// <remarks>What a stage is now, only a build knows: the verb calls <c>dotnet build</c>, first to show the difference.</remarks>
static class AdoptCommand
{
    const string Item = "LightnixAdoptOffer";

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
        if (context.IsJson && !yes)
            throw new MistakeException("with --json nothing is asked: add --yes to adopt, or leave out --json to see the difference");
        string[] words =
        [
            Project(context), "-v:q", "-t:LightnixAdopt", DotnetBuild.Property("Stages", string.Join(' ', stages)),
            DotnetBuild.Property("AdoptReason", reason), DotnetBuild.Property("Store", context.Store.Folder),
            DotnetBuild.Property("AdoptInputsToo", inputsToo ? "true" : "false"),
        ];
        if (!yes)
        {
            if (BuiltItems.Ask(words, Item) is not { } offers)
                return ExitCodes.Found;
            Show(context, offers, "would adopt", withChanges: true);
            if (!Asked())
                return ExitCodes.Found;
        }
        var before = Adopted(context).Select(r => r.Reference()).ToHashSet();
        var adopted = BuiltItems.Ask([.. words, DotnetBuild.Property("AdoptWrites", "true")], Item);
        if (!context.IsJson && adopted is { } written)
            Show(context, written, "adopted", withChanges: yes);
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("adopted", new JsonValue.Array([.. Adopted(context)
                .Where(r => r.Adopted!.Reason == reason && !before.Contains(r.Reference())).OrderBy(r => r.Facts.Order)
                .Select(r => JsonValue.Object.Empty.With("stage", context.Store.Records.Find(r.Facts.Derivation)?.Name.ToString() ?? "")
                    .With("realization", r.Realization.ToString()).With("replicate", r.Facts.Replicate).WithAdoption(r.Adopted))])));
        return adopted is null ? ExitCodes.Found : ExitCodes.Done;
    }

    // Cells of a matrix mostly differ in the same.
    static void Show(CommandContext context, ImmutableArray<JsonValue.Object> offers, string does, bool withChanges)
    {
        var texts = new CauseText(context.Store);
        foreach (var group in offers.GroupBy(o => string.Join('\n', Changes(o).SelectMany(texts.Lines)), StringComparer.Ordinal))
        {
            foreach (var offer in group)
                Output.Line($"{offer.Text("Identity")}: {does} replicate {offer.Text("Replicates")} (of {offer.Text("From")})");
            if (!withChanges)
                continue;
            Output.Line("  although these differ:");
            foreach (var line in Changes(group.First()).SelectMany(texts.Lines))
                Output.Difference(line);
        }
    }

    static ImmutableArray<Cause> Changes(JsonValue.Object offer) => StageReason.Parse(offer.Text("Plan")).Reason.Changes;

    // All that the store knows; with --json only.
    static IEnumerable<Run> Adopted(CommandContext context) => !context.IsJson ? [] : new StoreIndex(context.Store).Runs()
        .Where(r => r.Adopted is not null);

    static bool Asked()
    {
        if (Console.IsInputRedirected)
        {
            Output.Line("nothing was adopted: --yes does it");
            return false;
        }
        Output.Err.Write("adopt? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    static string Project(CommandContext context) => context.Mine() switch
    {
        [var root] => root.Project,
        [] => throw new MistakeException("no project of the current folder was built with this store: name one with --project"),
        var several => throw new MistakeException(
            $"the current folder has {Listed.First(5, several.Select(r => $"'{r.Project}'"))}: say which with --project"),
    };
}
