using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Offers the results of a stage's last choice as results of what the stage resolves to now.</summary>
/// <param name="stages">Those that are to adopt.</param>
/// <param name="who">The user, as <c>user@machine</c>.</param>
/// <param name="last">What the last build chose.</param>
/// <param name="traces">Without offers.</param>
public sealed class Adopter(
    AdoptOptions options, IReadOnlySet<StageName> stages, string who, DateTimeOffset now, Root last, ITraces traces)
{
    readonly ConcurrentDictionary<StageName, AdoptionOffer> _offers = new();
    readonly ConcurrentDictionary<Reference<Resolved>, ImmutableArray<Run>> _runs = new();

    /// <summary>The offer to a stage; null where the stage was not resolved.</summary>
    public AdoptionOffer? Find(StageName stage) => _offers.GetValueOrDefault(stage);

    /// <summary>Offered runs of a resolved derivation.</summary>
    public ImmutableArray<Run> Of(Reference<Resolved> resolved) => _runs.GetValueOrDefault(resolved, []);

    public async ValueTask OfferAsync(GroupMember member, CancellationToken cancellationToken)
    {
        if (!stages.Contains(member.Stage.Name))
            return;
        var offer = await MakeAsync(member, cancellationToken).ConfigureAwait(false);
        _offers[member.Stage.Name] = offer;
        if (!offer.Runs.IsEmpty)
            _runs[member.Resolved.Reference] = [.. Of(member.Resolved.Reference).Union(offer.Runs)];
    }

    async ValueTask<AdoptionOffer> MakeAsync(GroupMember member, CancellationToken cancellationToken)
    {
        var (name, resolved) = (member.Stage.Name, member.Resolved);
        if (!member.Stage.Derivation.Builder.Runs)
            return AdoptionOffer.Refused(member, "it runs nothing, so there is nothing to adopt");
        if (!last.Stages.TryGetValue(name.ToString(), out var before))
            return AdoptionOffer.Refused(member, "no build of this project has chosen a result for it: build it");
        if (before.Resolved == resolved.Reference)
            return new(member.Stage, resolved.Resolved, [], []);
        var peers = _offers.Values.Where(o => o.Runs.Any(r => r.Facts.Resolved == resolved.Reference)).ToImmutableArray();
        if (peers.FirstOrDefault(o => o.Before == before.Resolved) is { } same)
            return same with { Stage = member.Stage };
        var former = await traces.HistoryAsync(before.Resolved, cancellationToken).ConfigureAwait(false);
        var present = await traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
        var offered = Of(resolved.Reference);
        ImmutableArray<Run> right = [.. former.Runs.OrderBy(r => r.Facts.Order)
            .Where(r => r.Adopted is null || !former.HasMade(r))
            .Where(r => former.Rejections.All(j => j.Realization != r.Realization))];
        ImmutableArray<Run> absent = [.. right.Where(r => !present.Runs.Any(r.HasNumberOf))];
        ImmutableArray<Run> runs = [.. absent.Where(r => !offered.Any(r.HasNumberOf))];
        if (absent.IsEmpty && !right.IsEmpty)
            return new(member.Stage, resolved.Resolved, [], []) { AreThere = true };
        if (runs.IsEmpty && !absent.IsEmpty)
            return AdoptionOffer.Refused(member, $"its runs are now those of '{peers[0].Stage.Name}', which adopts replicates "
                + "with the same numbers and other results: adopt one of the two");
        if (runs.IsEmpty)
            return AdoptionOffer.Refused(member, "each replicate of its last choice was rejected or collected");
        var causes = new List<Cause>();
        foreach (var origin in runs.Select(r => r.Adopted?.From).Distinct())
            causes.AddRange(await CausesAsync(origin, before.Resolved, resolved.Resolved, cancellationToken).ConfigureAwait(false));
        ImmutableArray<Cause> all = [.. causes.Distinct()];
        if (!options.InputsToo && InputsOf(all) is { IsEmpty: false } inputs)
            return AdoptionOffer.Refused(member, $"the content of {Listed.First(3, inputs)} changed, and not only its own declaration: "
                + "where that does not matter either, add --inputs-too (LightnixAdoptInputsToo=true)");
        var order = present.NextOrder + offered.Length;
        return new(member.Stage, resolved.Resolved, [.. runs.Select((r, i) => Adopted(r, member, order + i))], all)
        {
            Before = before.Resolved,
        };
    }

    // Of what was adopted before, the run that took place counts.
    async ValueTask<ImmutableArray<Cause>> CausesAsync(
        Reference<Realization>? origin, Reference<Resolved> before, Resolved now, CancellationToken cancellationToken)
    {
        var realization = origin is null ? null
            : await traces.FindRealizationAsync(origin.ToString(), cancellationToken).ConfigureAwait(false);
        var old = await traces.FindAsync(realization?.Resolved ?? before, cancellationToken).ConfigureAwait(false);
        return old is null ? [] : Differences.Between(old, now);
    }

    // An input that was only moved has the same content at another place.
    static ImmutableArray<string> InputsOf(ImmutableArray<Cause> causes)
    {
        var inputs = causes.Where(c => c.Field.StartsWith("input ", StringComparison.Ordinal)).ToImmutableArray();
        return [.. from cause in inputs
                   where cause is { Before: not null, Now: not null }
                       || (cause.Before is null && inputs.All(c => c.Now is not null || c.Before != cause.Now))
                       || (cause.Now is null && inputs.All(c => c.Before is not null || c.Now != cause.Before))
                   select cause.Field];
    }

    Run Adopted(Run run, GroupMember member, long order) => run with
    {
        Facts = run.Facts with
        {
            Resolved = member.Resolved.Reference,
            Derivation = member.Stage.Reference,
            Context = ChosenInput.ContextOf(member.Resolved.Inputs),
            Order = order,
        },
        Adopted = new(run.Adopted?.From ?? run.Realization, run.Adopted?.Run ?? run.Reference(), options.Reason, who, now)
        {
            Project = last.Project,
        },
    };
}
