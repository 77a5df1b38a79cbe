namespace Lightnix.Contracts;

/// <summary>Records of what was made, here or elsewhere. A rebuilder decides by them.</summary>
public interface ITraces
{
    /// <summary>All that is known of a resolved derivation; empty where nothing is.</summary>
    ValueTask<History> HistoryAsync(Reference<Resolved> of, CancellationToken cancellationToken);

    /// <summary>The record, or null where it is not known.</summary>
    ValueTask<Derivation?> FindAsync(Reference<Derivation> derivation, CancellationToken cancellationToken);

    /// <inheritdoc cref="FindAsync(Reference{Derivation},CancellationToken)"/>
    ValueTask<Resolved?> FindAsync(Reference<Resolved> resolved, CancellationToken cancellationToken);

    /// <summary>The realization whose reference begins so; null where none or several do.</summary>
    ValueTask<Realization?> FindRealizationAsync(string prefix, CancellationToken cancellationToken);
}
