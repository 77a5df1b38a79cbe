using System.Globalization;

namespace Lightnix.Torture;

/// <summary>Every trial for a few seconds, each time with another seed. The long forms are ./build torture.</summary>
[Trait("Speed", "Slow")]
public sealed class InShort
{
    [TrialFact(Needs.Linux)]
    public void ManyProcessesUseOneStore() => LosesNothing(new Crowd(4), 1);

    [TrialFact(Needs.Users)]
    public void TwoUsersOfAGroupUseOneStore() => LosesNothing(new Crowd(2, users: true), 1);

    [TrialFact(Needs.Linux)]
    public void KilledAtAStep() => LosesNothing(new EveryStep("kill", @short: true), 4);

    [TrialFact(Needs.Linux)]
    public void ADiskErrorAtAStep() => LosesNothing(new EveryStep("eio", @short: true), 2);

    [TrialFact(Needs.Linux)]
    public void NoRoomFromAStepOn() => LosesNothing(new EveryStep("full", @short: true), 2);

    [TrialFact(Needs.Loop)]
    public void APowerCutAtAStep() => LosesNothing(new EveryStep("power", @short: true), 3);

    [TrialFact(Needs.Loop)]
    public void APowerCutAtAnyMoment() => LosesNothing(new PowerCuts(), 3);

    [TrialFact(Needs.Loop)]
    public void AFullDisk() => LosesNothing(new FullDisk(), 2);

    [TrialFact(Needs.Linux)]
    public void FewDescriptorsFailingSyncsAndNoLocks() => LosesNothing(new Shortages(), 2);

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
