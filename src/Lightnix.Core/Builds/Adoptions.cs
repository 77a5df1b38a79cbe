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
        var offers = ImmutableArray.CreateBuilder<AdoptionOffer>();
        foreach (var stage in stages)
        {
            if (adopter.Find(stage.Name) is not { } offer)
                events.Report(AdoptErrors.Stale(stage, stage.Inputs.Select(i => i.Stage).Where(i => outcomes[i].Choice is null)));
            else if (offer.Refusal is { } why)
                events.Report(AdoptErrors.Refused(stage, why));
            else if (!offer.Runs.IsEmpty)
                offers.Add(offer);
        }
        if (events.HasErrors)
            return;
        if (offers.Count == 0)
        {
            events.Report(AdoptErrors.Nothing(stages.Select(s => s.Name)));
            return;
        }
        if (options.Writes)
            Write(offers);
        foreach (var offer in offers)
            events.Report(new BuildEvent.Hint(offer.Stage.Name, Text(offer, options.Writes)));
    }

    void Write(IEnumerable<AdoptionOffer> offers)
    {
        using var store = Store.Open(request.Store, request.Disk ?? new(), new StoreOptions { ToolStore = request.ToolStore });
        foreach (var offer in offers)
        {
            store.Records.Add(offer.Stage.Derivation);
            store.Records.Add(offer.Resolved);
            foreach (var run in offer.Runs)
                store.Records.Add(run);
        }
    }

    static string Text(AdoptionOffer offer, bool isWritten)
    {
        var replicates = string.Join(", ", offer.Runs.Select(r => r.Facts.Replicate).Distinct().Order()
            .Select(r => r.ToString(CultureInfo.InvariantCulture)));
        var origins = string.Join(", ", offer.Runs.Select(r => r.Adopted!.From.Short).Distinct(StringComparer.Ordinal));
        var causes = Listed.First(MostCauses, offer.Causes.Select(c => c.ToString()), "; ");
        return $"{(isWritten ? "adopted" : "would adopt")} replicate {replicates} (of {origins}) although {causes}";
    }
}
