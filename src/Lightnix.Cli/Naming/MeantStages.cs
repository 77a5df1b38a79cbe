using System.IO.Enumeration;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>What a name means that may be one of a stage, a pattern, or one of a matrix, which means its cells.</summary>
sealed class MeantStages(CommandContext context, string text)
{
    /// <summary>Those of the projects here for which something is chosen.</summary>
    public IEnumerable<NamedStage> Chosen => from root in context.Mine()
                                             from stage in root.Stages
                                             where Has(stage.Key, () => Parameters(stage.Value.Derivation))
                                             select new NamedStage(root, stage.Key, stage.Value);

    /// <summary>Of what is chosen for them, and of those that the last build could not choose for.</summary>
    public IEnumerable<Reference<Resolved>> Resolved => Chosen.SelectMany(s => s.Selection.Results.Select(r => r.Resolved))
        .Concat(context.Mine().SelectMany(r => r.Pending).Where(p => Has(p.Key, p.Value)).Select(p => p.Value));

    public bool Has(Derivation derivation) => Has(derivation.Name.ToString(), () => derivation.Parameters);

    public bool Has(string stage, Reference<Resolved> resolved) =>
        Has(stage, () => context.Store.Records.Find(resolved)?.Parameters);

    /// <param name="selection">What is or was chosen for the stage; null: nothing.</param>
    public bool Has(string stage, Selection? selection) => Has(stage, () => selection is null ? null : Parameters(selection.Derivation));

    bool Has(string stage, Func<ImmutableSortedDictionary<string, string>?> parameters) =>
        FileSystemName.MatchesSimpleExpression(text, stage)
            || (stage.StartsWith(text + "-", StringComparison.OrdinalIgnoreCase)
                && parameters() is { } all && AxisOrders.Of(stage[(text.Length + 1)..], all).Any());

    ImmutableSortedDictionary<string, string>? Parameters(Reference<Derivation> derivation) =>
        context.Store.Records.Find(derivation)?.Parameters;
}
