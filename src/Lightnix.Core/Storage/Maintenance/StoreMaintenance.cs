namespace Lightnix.Storage;

/// <summary>Verification, repair and garbage collection of a store: one process at a time, beside running builds.</summary>
public sealed class StoreMaintenance
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Store _store;
    readonly Func<WriteSession> _session;

    internal StoreMaintenance(StoreLayout layout, Disk disk, Store store, Func<WriteSession> session) =>
        (_layout, _disk, _store, _session) = (layout, disk, store, session);

    /// <summary>Everything that is not as it was stored, sorted by place. Changes nothing.</summary>
    /// <param name="progress">Gets often how many bytes were read, and of how many.</param>
    /// <exception cref="StoreException">LNX3005: another process does maintenance.</exception>
    public ImmutableArray<Damage> Verify(Action<long, long>? progress = null)
    {
        using var care = Enter(mayGoWithout: true);
        return [.. new Verification(_layout, progress).Run()];
    }

    /// <summary>Repairs what can be repaired. See <see cref="Damage.Mended"/>.</summary>
    /// <param name="progress">As of <see cref="Verify"/>; it begins anew with each verification.</param>
    /// <exception cref="StoreException">LNX3005: another process does maintenance.</exception>
    public ImmutableArray<Damage> Repair(Action<long, long>? progress = null)
    {
        using var care = Enter();
        var repair = new Repair(_layout, _disk, _session());
        var mended = new Dictionary<string, (string? Done, string? Why)>(StringComparer.Ordinal);
        var all = new SortedDictionary<(string, string), Damage>();
        // Some damage is seen only when other damage is repaired: that of a tree behind its listing.
        for (int before = -1; before < mended.Count;)
        {
            before = mended.Count;
            foreach (var damage in new Verification(_layout, progress).Run())
            {
                if (!mended.TryGetValue(damage.Subject, out var done))
                    mended.Add(damage.Subject, done = Try(damage, repair));
                var cure = done.Why is null ? damage.Cure : CureOfStuck;
                var seen = damage with { Mended = Shown(done.Done), Failed = Shown(done.Why), Cure = cure };
                all.TryAdd((damage.Place, damage.Problem), seen);
            }
        }
        return [.. all.Values];
    }

    /// <summary>What would be collected. Changes nothing.</summary>
    /// <exception cref="StoreException">LNX3005: another process does maintenance. LNX3006: no root is of a project that is to be
    /// forgotten.</exception>
    public GarbagePlan Plan(GarbagePolicy policy, DateTimeOffset now)
    {
        using var care = Enter(mayGoWithout: true);
        return new GarbagePlanning(_layout, _store, policy, now, ImmutableHashSet<string>.Empty).Plan();
    }

    /// <summary>Collects what the policy wants, beside builds that are running.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="StoreException">LNX3005: another process does maintenance. LNX3006: no root is of a project that is to be
    /// forgotten.</exception>
    public GarbagePlan Collect(GarbagePolicy policy, DateTimeOffset now)
    {
        var reserve = new Reserve(_layout, _disk);
        reserve.Free();
        try
        {
            // The session sweeps these when it begins.
            var unfinished = new LeftoverPlanning(_layout, policy, now, isForgotten: false).Unfinished().ToList();
            using var care = Enter();
            var done = Collected(policy, now);
            var swept = unfinished.Where(u => Files.Facts(u.Path) is null && !done.Items.Any(i => i.Path == u.Path)).ToList();
            return done with { Items = [.. done.Items, .. swept] };
        }
        finally
        {
            // In a store without roots and pins there is nothing to collect later.
            if (!_store.Roots.All().IsEmpty || !_store.Pins.Read().IsEmpty)
                reserve.Fill();
        }
    }

    /// <summary>Removes trees of intermediate results that nothing else needs; what is known of them stays, with the files that rank and
    /// judge them. Where another process does maintenance, the trees stay until a later build.</summary>
    public void Evict(ImmutableArray<Reference<Tree>> trees, DateTimeOffset now)
    {
        using var care = KernelLock.TryAcquire(_layout.CareLock);
        if (care is not null)
            new GarbageCollection(_layout, _disk, _session(), Plan).Run();

        GarbagePlan Plan(IReadOnlySet<string> stuck) => new EvictionPlanning(_layout, _store, trees, now, stuck).Plan();
    }

    GarbagePlan Collected(GarbagePolicy policy, DateTimeOffset now)
    {
        GarbagePlan Plan(IReadOnlySet<string> stuck) => new GarbagePlanning(_layout, _store, policy, now, stuck).Plan();
        var done = new GarbageCollection(_layout, _disk, _session(), Plan).Run();
        if (done.Blocked.IsEmpty)
            LostFolders.Forget(_layout, _disk, policy.Forget);
        return done;
    }

    // The repair was tried; to advise it again would lead in a circle.
    const string CureOfStuck = "put that right and repair again; or delete the place by hand: the next build makes again what it needs";

    static string? Shown(string? text) => text is null ? null : Visible.Text(text);

    static (string? Done, string? Why) Try(Damage damage, Repair repair)
    {
        try
        {
            return (damage.Mend?.Invoke(repair), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or an error of the disk: the damage stays reported.
            return (null, e.Message);
        }
    }

    KernelLock? Enter(bool mayGoWithout = false)
    {
        try
        {
            return KernelLock.TryAcquire(_layout.CareLock)
                ?? throw StorageErrors.InMaintenance(_layout.Folder);
        }
        catch (Exception e) when (mayGoWithout && (e is IOException or UnauthorizedAccessException))
        {
            // A read-only store can be verified without the lock.
            return null;
        }
    }
}
