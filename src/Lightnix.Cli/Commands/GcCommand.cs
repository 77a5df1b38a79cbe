using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix gc</c>: shows what would be collected, and collects it on request.</summary>
static class GcCommand
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "Do it; without: only the plan" };
        var best = new Option<int>("--keep-best") { Description = "Of each stage, this many by metric stay" };
        var last = new Option<int>("--keep-last") { Description = "Of each stage, this many of the last made stay" };
        var older = new Option<string?>("--older-than")
        {
            Description = "What was not made and not used for so long: 12h, 30d, 8w; 0: all. Usually 14d",
        };
        var size = new Option<string?>("--max-size") { Description = "Only until the store is so small: 500MiB, 20GiB" };
        var forget = new Option<string[]>("--forget") { Description = "A project whose root ends" };
        var lost = new Option<bool>("--lost") { Description = "Also what repairs took out" };
        return CommandAction.Create("gc", "Collect what nothing needs", [yes, best, last, older, size, forget, lost],
            (p, context) => Run(context, p.GetValue(yes), new()
            {
                KeepBest = Quantities.Count(p.GetValue(best)),
                KeepLast = Quantities.Count(p.GetValue(last)),
                OlderThan = p.GetValue(older) is { } age ? Quantities.Age(age) : null,
                MaxSize = p.GetValue(size) is { } bytes ? Quantities.Size(bytes) : null,
                Lost = p.GetValue(lost),
                Forget = [.. (p.GetValue(forget) ?? []).Select(context.Names.Project)],
            }));
    }

    static int Run(CommandContext context, bool yes, GarbagePolicy policy)
    {
        var care = context.Store.Maintenance;
        var plan = yes ? care.Collect(policy, context.Now) : care.Plan(policy, context.Now);
        if (context.IsJson)
            Output.Json(Json(plan, yes));
        else
            Show(plan, yes, policy);
        return plan.Blocked.IsEmpty ? ExitCodes.Done : ExitCodes.Found;
    }

    static JsonValue.Object Json(GarbagePlan plan, bool yes) => JsonValue.Object.Empty
        .With("done", yes).With("freed", plan.Freed).With("stays", plan.Stays)
        .With("blocked", JsonValue.Texts(plan.Blocked))
        .With("stuck", new JsonValue.Array([.. plan.Stuck.Select(s => JsonValue.Object.Empty.With("place", s.Place).With("why", s.Why))]))
        .With("items", new JsonValue.Array([.. plan.Items.Select(Json)]));

    static JsonValue.Object Json(Garbage item)
    {
        var json = JsonValue.Object.Empty
            .With("kind", Name(item.Kind)).With("place", item.Place).With("size", item.Size).With("why", item.Why);
        if (item.Name is { } name)
            json = json.WithOptional("project", name.Project).With("stage", name.Stage).WithOptional("metric", name.Metric)
                .With("replicates", new JsonValue.Array([.. name.Replicates.Select(r => JsonValue.Of(r))]));
        return item.LastUse is { } use ? json.With("lastUse", Output.Utc(use)) : json;
    }

    static void Show(GarbagePlan plan, bool yes, GarbagePolicy policy)
    {
        foreach (var blocked in plan.Blocked)
            Output.Line($"nothing is collected: {blocked}");
        Output.Rows(["kind", "project", "stage", "replicate", "metric", "size", "last use", "why", "place"],
            plan.Items.Where(IsNamed).Select(Row));
        // There are too many listings, contents and logs to list them.
        foreach (var kind in plan.Items.Where(i => !IsNamed(i)).GroupBy(i => i.Kind))
            Output.Line(string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} of kind {Name(kind.Key)}: ")
                + Quantities.Text(kind.Sum(i => i.Size)));
        foreach (var stuck in plan.Stuck)
            Output.Line($"{stuck.Place} could not be taken away, so it stays with all that it names: {stuck.Why}");
        var (freed, stay) = yes ? ("freed", "stay") : ("would free", "would stay");
        Output.Line($"{freed} {Quantities.Text(plan.Freed)}; {Quantities.Text(plan.Stays)} {stay}");
        if (!yes && plan.Items.Length > 0)
            Output.Line("nothing was collected: --yes does it");
        if (policy.OlderThan is null)
            Output.Line(FormattableString.Invariant(
                $"what was made or used in the last {policy.Age.Days} days stays: --older-than 0 collects that too"));
    }

    // A checkpoint can be worth hours.
    static bool IsNamed(Garbage item) => item.Kind is <= GarbageKind.Tree or GarbageKind.Checkpoint;

    static string[] Row(Garbage item) =>
    [
        Name(item.Kind), Path.GetFileNameWithoutExtension(item.Name?.Project ?? ""), item.Name?.Stage ?? "",
        string.Join(", ", item.Name?.Replicates ?? []), item.Name?.Metric ?? "", Quantities.Text(item.Size),
        item.LastUse is { } use ? Output.When(use) : "", item.Why, item.Place,
    ];

    static string Name(GarbageKind kind) => kind.ToString().ToLowerInvariant();
}
