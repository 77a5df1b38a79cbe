using Lightnix.Contracts;

namespace Lightnix.Realizing;

/// <summary>Traces in which a number has one run: where a run took place, an adoption with its number does not count.</summary>
/// <param name="adopter">Whose offers count too; null: none.</param>
/// <param name="count">False: no adoption counts.</param>
public sealed class AdoptionTraces(ITraces traces, Adopter? adopter, bool count) : ITraces
{
    /// <inheritdoc/>
    public async ValueTask<History> HistoryAsync(Reference<Resolved> of, CancellationToken cancellationToken)
    {
        var history = await traces.HistoryAsync(of, cancellationToken).ConfigureAwait(false);
        var offered = adopter?.Of(of) ?? [];
        if (offered.IsEmpty && history.Runs.All(r => r.Adopted is null))
            return history;
        return history with { Runs = [.. history.Runs.Where(r => r.Adopted is null || (count && !history.HasMade(r))), .. offered] };
    }

    /// <inheritdoc/>
    public ValueTask<Derivation?> FindAsync(Reference<Derivation> derivation, CancellationToken cancellationToken) =>
        traces.FindAsync(derivation, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Resolved?> FindAsync(Reference<Resolved> resolved, CancellationToken cancellationToken) =>
        traces.FindAsync(resolved, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Realization?> FindRealizationAsync(string prefix, CancellationToken cancellationToken) =>
        traces.FindRealizationAsync(prefix, cancellationToken);
}
