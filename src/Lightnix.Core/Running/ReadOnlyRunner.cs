using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Makes no run, since there is nowhere to put one: of a store that may only be read, what is all there is used.</summary>
/// <param name="store">Its folder.</param>
public sealed class ReadOnlyRunner(string store) : IRunner
{
    /// <exception cref="StoreException">LNX3003: always.</exception>
    public Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken) => throw StorageErrors.ReadOnly(store, order.Reason);
}
