using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix verify</c>: what is wrong with the store, and what was done about it.</summary>
static class Verifier
{
    public static int Run(Desk desk, bool repair)
    {
        var found = Look(desk, repair);
        if (desk.Speech.IsJson)
        {
            Speech.Json(JsonValue.Object.Empty.With("store", desk.Store.Folder).With("damages", new JsonValue.Array([.. found.Select(d =>
                JsonValue.Object.Empty.With("place", d.Place).With("problem", d.Problem).With("cure", d.Cure).WithOptional("mended", d.Mended).WithOptional("failed", d.Failed))])));
        }
        else
        {
            foreach (var damage in found)
                Speech.Line($"{damage.Place} {damage.Problem}\n  {(damage.Mended is { } mended ? $"mended: {mended}" : $"{(damage.Failed is { } why ? $"not mended: {why}\n  " : "")}cure: {damage.Cure}")}");
            Speech.Line(found.IsEmpty ? $"'{desk.Store.Folder}' is as it was stored" : FormattableString.Invariant($"{found.Length} damages, {found.Count(d => d.Mended is not null)} mended"));
        }
        return found.All(d => d.Mended is not null) ? Tool.Done : Tool.Found;
    }

    static ImmutableArray<Damage> Look(Desk desk, bool repair)
    {
        using var progress = new ReadingProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        return repair ? desk.Store.Maintenance.Repair(progress.Report) : desk.Store.Maintenance.Verify(progress.Report);
    }
}
