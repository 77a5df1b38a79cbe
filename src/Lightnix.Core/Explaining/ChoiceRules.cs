namespace Lightnix.Explaining;

/// <summary>What decides which results may be chosen for a stage, and which one is.</summary>
/// <param name="Promises">Their keys, sorted.</param>
/// <param name="Demands">What they demand; empty where only the keys are known.</param>
public sealed record ChoiceRules(Matcher Matcher, ImmutableArray<Digest> Promises, ImmutableArray<RecordedPromise> Demands)
{
    public static ChoiceRules Of(Selection selection) => new(selection.Matcher, selection.Promises, selection.Demands);
}
