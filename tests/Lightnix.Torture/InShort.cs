namespace Lightnix.Torture;

/// <summary>Every trial for a few seconds, each time with another seed. The long forms are ./build torture.</summary>
[Trait("Speed", "Slow")]
public sealed class InShort
{
    [TrialFact(Needs.Linux)]
    public void Many_processes_use_one_store() => LosesNothing(new Crowd(4), 1);

    [TrialFact(Needs.Users)]
    public void Two_users_of_a_group_use_one_store() => LosesNothing(new Crowd(2, users: true), 1);

    [TrialFact(Needs.Linux)]
    public void Killed_at_a_step() => LosesNothing(new EveryStep("kill", @short: true), 4);

    [TrialFact(Needs.Linux)]
    public void A_disk_error_at_a_step() => LosesNothing(new EveryStep("eio", @short: true), 2);

    [TrialFact(Needs.Linux)]
    public void No_room_from_a_step_on() => LosesNothing(new EveryStep("full", @short: true), 2);

    [TrialFact(Needs.Loop)]
    public void A_power_cut_at_a_step() => LosesNothing(new EveryStep("power", @short: true), 3);

    [TrialFact(Needs.Loop)]
    public void A_power_cut_at_any_moment() => LosesNothing(new PowerCuts(), 3);

    [TrialFact(Needs.Loop)]
    public void A_full_disk() => LosesNothing(new FullDisk(), 2);

    [TrialFact(Needs.Linux)]
    public void Few_descriptors_failing_syncs_and_no_locks() => LosesNothing(new Shortages(), 2);

    static void LosesNothing(ITrial trial, int seconds)
    {
        // .ci/run draws the same lots each time, so that one commit has one answer; what is rare is for ./build torture to find.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TORTURE_SEED"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var given) ? given : Random.Shared.Next();
        var tally = trial.Run(TimeSpan.FromSeconds(seconds), seed);
        Assert.Null(tally.NotTried);
        Assert.True(tally.Tries > 0);
        Assert.True(tally.Losses.Count == 0, $"seed {seed}:\n{string.Join('\n', tally.Losses)}");
    }
}
