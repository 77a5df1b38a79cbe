using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix verify</c>: reports what is wrong with the store, and mends it on request.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var repair = new Option<bool>("--repair") { Description = "Mend what can be mended; the rest goes to lost/" };
        return CommandAction.Create("verify", "Look at every byte of the store", [repair],
            (p, context) => Run(context, p.GetValue(repair)));
    }

    const int MostListed = 5;

    static int Run(CommandContext context, bool repair)
    {
        var found = Read(context.Store.Maintenance, repair);
        if (context.IsJson)
            Output.Json(Json(context.Store.Folder, found));
        else
            Show(context.Store.Folder, found);
        return found.All(d => d.Mended is not null) ? ExitCodes.Done : ExitCodes.Found;
    }

    static ImmutableArray<Damage> Read(StoreMaintenance care, bool repair)
    {
        using var progress = new ReadingProgress(Output.Err, !Console.IsErrorRedirected, TimeProvider.System);
        return repair ? care.Repair(progress.Report) : care.Verify(progress.Report);
    }

    static JsonValue.Object Json(string store, ImmutableArray<Damage> found)
    {
        var damages = found.Select(d => JsonValue.Object.Empty.With("place", d.Place).With("problem", d.Problem).With("cure", d.Cure)
            .WithOptional("mended", d.Mended).WithOptional("failed", d.Failed));
        return JsonValue.Object.Empty.With("store", store).With("damages", new JsonValue.Array([.. damages]));
    }

    static void Show(string store, ImmutableArray<Damage> found)
    {
        // A copy that kept no times has damaged every file in the same way.
        foreach (var alike in found.GroupBy(d => (d.Problem, d.Cure, d.Mended, d.Failed)))
        {
            var damage = alike.First();
            Output.Line(alike.Skip(1).Any()
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{alike.Count()} places: {damage.Problem}: {Listed.First(MostListed, alike.Select(d => d.Place))}")
                : $"{damage.Place} {damage.Problem}");
            if (damage.Mended is { } mended)
            {
                Output.Line($"  mended: {mended}");
                continue;
            }
            if (damage.Failed is { } why)
                Output.Line($"  not mended: {why}");
            Output.Line($"  cure: {damage.Cure}");
        }
        Output.Line(found.IsEmpty
            ? $"'{store}' is as it was stored"
            : string.Create(CultureInfo.InvariantCulture, $"{found.Length} damages, {found.Count(d => d.Mended is not null)} mended"));
    }
}
