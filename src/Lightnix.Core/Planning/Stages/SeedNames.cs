
namespace Lightnix.Planning;

/// <summary>Gives one name for seeds to stages whose derivations differ in name alone: these share their runs, so their seeds must not
/// depend on which of them runs first.</summary>
static class SeedNames
{
    public static ImmutableArray<PlannedStage> Shared(ImmutableArray<PlannedStage> stages)
    {
        var names = new SortedDictionary<StageName, string>();
        // Almost every builder is that of one declared stage, and is compared with no other.
        foreach (var alike in stages.Where(s => s.Derivation.Builder.Runs).GroupBy(Rough).Where(HaveSeveralNames))
        {
            foreach (var same in alike.GroupBy(Nameless).Where(HaveSeveralNames))
            {
                var first = Names(same).First();
                foreach (var stage in same)
                    names.Add(stage.Name, first);
            }
        }
        return names.Count == 0 ? stages
            : [.. stages.Select(s => names.TryGetValue(s.Name, out var name) ? s with { SeedName = name } : s)];
    }

    static bool HaveSeveralNames(IEnumerable<PlannedStage> stages) => Names(stages).Skip(1).Any();

    static IEnumerable<string> Names(IEnumerable<PlannedStage> stages) =>
        stages.Select(s => s.SeedName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    static string Rough(PlannedStage stage) => stage.Derivation.Builder switch
    {
        Builder.Command command => command.Text,
        Builder.Script script => script.Path.ToString(),
        Builder.Program program => program.Output.ToString(),
        _ => "",
    };

    static string Nameless(PlannedStage stage) => (stage.Derivation with { Name = Any }).Reference().ToString();

    static StageName Any { get; } = StageName.Parse("any");
}
