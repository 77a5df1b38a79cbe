using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Shows what stages would adopt, and writes it on request: all of it, or nothing.</summary>
sealed class Adoptions(ProjectRequest request, PlannedProject project, EventReporter events)
{
    const int MostCauses = 20;

    public void Conclude(Adopter adopter, IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        var options = request.Options.Adopt!;
        var stages = project.Plan.Stages.Where(s => project.Requested.Contains(s.Name)).OrderBy(s => s.Item.Ordinal).ToImmutableArray();
        if (string.IsNullOrWhiteSpace(options.Reason))
            events.Report(AdoptErrors.NoReason());
        if (request.Options.Lock.Locked || request.Options.Adopted == AdoptedResults.Refuse)
        {
            events.Report(request.Options.Lock.Locked ? AdoptErrors.Locked() : AdoptErrors.MayNotAdopt());
            return;
        }
        var offers = ImmutableArray.CreateBuilder<AdoptionOffer>();
        foreach (var stage in stages)
        {
            if (adopter.Find(stage.Name) is not { } offer)
                ReportStale(stage, outcomes);
            else if (offer.Refusal is { } why)
                events.Report(AdoptErrors.Refused(stage, why));
            else if (offer.AreThere)
                events.Report(new BuildEvent.Hint(stage.Name, "adopts nothing: it has replicates with these numbers already"));
            else if (!offer.Runs.IsEmpty)
                offers.Add(offer);
        }
        if (events.HasErrors)
            return;
        if (offers.Count == 0)
        {
            events.Report(stages.IsEmpty ? AdoptErrors.Elsewhere(request.Options.ProjectFile)
                : AdoptErrors.Nothing(stages.Select(s => s.Name)));
            return;
        }
        if (options.Writes && !TryWrite(offers))
            return;
        foreach (var offer in offers.Select(o => o.ToEvent()))
        {
            events.Report(offer);
            events.Report(new BuildEvent.Hint(offer.Plan.Stage, Text(offer, options.Writes)));
        }
    }

    // Inputs of other projects have no outcome here.
    void ReportStale(PlannedStage stage, IReadOnlyDictionary<StageName, StageOutcome> outcomes)
    {
        var others = project.Plan.ReferencedStages;
        var stale = stage.Inputs.Select(i => i.Stage).Distinct()
            .Where(i => (others.TryGetValue(i, out var other) ? other.Choice : outcomes[i].Choice) is null).ToImmutableArray();
        if (stale.IsEmpty)
            events.Report(AdoptErrors.Refused(stage, "it cannot be resolved now: build it, which says why"));
        else if (stale.Where(others.ContainsKey).ToImmutableArray() is { IsEmpty: false } foreign)
            events.Report(AdoptErrors.StaleElsewhere(stage, foreign, others[foreign[0]].Project));
        else
            events.Report(AdoptErrors.Stale(stage, stale));
    }

    // All are kept before any is written, so that garbage collection takes none of them meanwhile.
    bool TryWrite(IReadOnlyCollection<AdoptionOffer> offers)
    {
        using var store = Store.Open(request.Store, request.Disk ?? new(), new StoreOptions { ToolStore = request.ToolStore });
        foreach (var offer in offers.Where(o => !o.Runs.All(store.Records.TryKeep)))
            events.Report(AdoptErrors.Collected(offer.Stage));
        if (events.HasErrors)
            return false;
        foreach (var offer in offers)
        {
            store.Records.Add(offer.Stage.Derivation);
            store.Records.Add(offer.Resolved);
            foreach (var run in offer.Runs)
                store.Records.Add(run);
        }
        return true;
    }

    static string Text(BuildEvent.Offered offer, bool isWritten)
    {
        var replicates = string.Join(", ", offer.Replicates.Select(r => r.ToString(CultureInfo.InvariantCulture)));
        var causes = Listed.First(MostCauses, offer.Plan.Reason.Changes.Select(c => c.ToString()), "; ");
        return $"{(isWritten ? "adopted" : "would adopt")} replicate {replicates} (of {string.Join(", ", offer.From)}) although {causes}";
    }
}
