using Lightnix.Hashing;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix gc</c>: the plan, and with <c>--yes</c> what was done.</summary>
static class Collector
{
    public static int Run(Desk desk, bool yes, GarbagePolicy policy)
    {
        var plan = yes ? desk.Store.Maintenance.Collect(policy, desk.Now) : desk.Store.Maintenance.Plan(policy, desk.Now);
        if (desk.Speech.IsJson)
            Speech.Json(Json(plan, yes));
        else
            Say(desk, plan, yes);
        return plan.Blocked.IsEmpty ? Tool.Done : Tool.Found;
    }

    static JsonValue.Object Json(GarbagePlan plan, bool yes) => JsonValue.Object.Empty
        .With("done", yes).With("freed", plan.Freed).With("stays", plan.Stays)
        .With("blocked", JsonValue.Texts(plan.Blocked))
        .With("stuck", new JsonValue.Array([.. plan.Stuck.Select(s => JsonValue.Object.Empty.With("place", s.Place).With("why", s.Why))]))
        .With("items", new JsonValue.Array([.. plan.Items.Select(i =>
        {
            var json = JsonValue.Object.Empty.With("kind", i.Kind.ToString().ToLowerInvariant()).With("place", i.Place).With("size", i.Size).With("why", i.Why);
            return i.LastUse is { } use ? json.With("lastUse", Speech.Utc(use)) : json;
        })]));

    static void Say(Desk desk, GarbagePlan plan, bool yes)
    {
        foreach (var blocked in plan.Blocked)
            Speech.Line($"nothing is collected: {blocked}");
        // Of listings, contents and logs, how many is enough.
        Speech.Rows(["kind", "place", "size", "last use", "why"], plan.Items.Where(i => i.Kind <= GarbageKind.Tree)
            .Select(i => new[] { i.Kind.ToString().ToLowerInvariant(), i.Place, Quantities.Text(i.Size), i.LastUse is { } use ? Speech.When(use) : "", i.Why }));
        foreach (var kind in plan.Items.Where(i => i.Kind > GarbageKind.Tree).GroupBy(i => i.Kind))
            Speech.Line(FormattableString.Invariant($"{kind.Count()} of kind {kind.Key.ToString().ToLowerInvariant()}"));
        foreach (var stuck in plan.Stuck)
            Speech.Line($"{stuck.Place} could not be taken away, so it stays with all that it names: {stuck.Why}");
        Speech.Line($"{(yes ? "freed" : "would free")} {Quantities.Text(plan.Freed)}; {Quantities.Text(plan.Stays)} {(yes ? "stay" : "would stay")}");
        if (!yes && plan.Items.Length > 0)
            Speech.Line("nothing was collected: --yes does it");
    }
}
