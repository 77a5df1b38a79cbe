using Lightnix.Contracts;

namespace Lightnix.Realizing;

/// <summary>Traces with offered adoptions, or without any.</summary>
/// <param name="adopter">Whose offers count; null: no adoption counts.</param>
public sealed class AdoptionTraces(ITraces traces, Adopter? adopter) : ITraces
{
    /// <inheritdoc/>
    public async ValueTask<History> HistoryAsync(Reference<Resolved> of, CancellationToken cancellationToken)
    {
        var history = await traces.HistoryAsync(of, cancellationToken).ConfigureAwait(false);
        return history with
        {
            Runs = adopter is null ? history.Runs.RemoveAll(r => r.Adopted is not null) : history.Runs.AddRange(adopter.Of(of)),
        };
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
