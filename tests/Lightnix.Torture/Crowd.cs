using System.Diagnostics;
using Lightnix.Building;

namespace Lightnix.Torture;

/// <summary>
/// Many processes at one store, building random projects that overlap, killed at random together with their builders, without them, or the
/// builders alone; collections and verifications among them.
/// </summary>
/// <param name="processes">At once.</param>
/// <param name="users">Two users of one group instead of this one. Needs root.</param>
/// <param name="sandbox">Builders run in one, and report nothing outside of it.</param>
sealed class Crowd(int processes, bool users = false, bool sandbox = false) : ITrial
{
    const int Group = 60000;

    // Far more than any worker needs on a busy machine: one that takes longer waits for what never comes.
    static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    public string Name =>
        FormattableString.Invariant($"{processes} processes{(users ? " of two users" : "")}{(sandbox ? ", in the sandbox" : "")}");

    /// <summary>Why there can be no two users here; null where there can.</summary>
    public static string? MissingUsers { get; } = TryUsers();

    public Tally Run(TimeSpan time, int seed)
    {
        if ((users ? MissingUsers : sandbox ? MissingSandbox() : null) is { } missing)
            return new() { NotTried = missing };
        var tally = new Tally();
        var random = new Random(seed);
        var watch = Stopwatch.StartNew();
        using var world = new World();
        var store = world["store"];
        if (users)
        {
            World.Sh($"mkdir '{store}'; chgrp {Group} '{store}'; chmod 2775 '{store}'");
            // One of them makes it, not those who only look.
            using var first = Worker.Start(["gc", store], [], Prefix(random));
            first.Wait(Watchdog);
        }
        for (var round = 0; round == 0 || (watch.Elapsed < time && tally.Losses.Count == 0); round++)
            new CrowdRound(world, store, round, random,
                tally)
            { Processes = processes, Prefix = users ? Prefix : null, Sandbox = sandbox, Watchdog = Watchdog }.Run();
        return tally;
    }

    // A group of its own, and files that the group may write to: what a store of a team needs.
    static string[] Prefix(Random random)
    {
        var user = random.Next(2) == 0 ? "65534" : "65533";
        return ["sh", "-c", "umask 002; exec \"$@\"", "sh", "setpriv", "--reuid", user, "--regid",
            Group.ToString(CultureInfo.InvariantCulture), "--clear-groups"];
    }

    static string? MissingSandbox()
    {
        using var world = new World();
        return new Builders(new(world["cache"]) { Hidden = [world.Folder] }).Sandbox.StateAsync().GetAwaiter()
            .GetResult() is { Name: null } none
            ? none.Missing ?? "Linux only" : null;
    }

    static string? TryUsers()
    {
        try
        {
            var assembly = typeof(Crowd).Assembly.Location;
            World.Sh($"test $(id -u) = 0; setpriv --reuid 65533 --regid {Group} --clear-groups test -r '{assembly}'");
            return null;
        }
        catch (InvalidOperationException)
        {
            return "two users need root, setpriv, and assemblies that they may read";
        }
    }
}
