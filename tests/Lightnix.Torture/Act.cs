using Lightnix.Storage;

namespace Lightnix.Torture;

/// <summary>Something that is done to a store, and may be stopped at any of its steps.</summary>
/// <param name="Prepare">Makes the store as it is before.</param>
/// <param name="Words">What a worker does; see <see cref="Work"/>.</param>
/// <param name="Keeps">A project whose results were shown before, and of which nothing may run afterwards; null: none.</param>
/// <param name="Lacks">What is missing of what a worker has reported as done; null: nothing.</param>
/// <param name="Mends">The store is damaged before: it is sound only when the act has been done to its end.</param>
sealed record Act(string Name, Action<ActProjects, string> Prepare, Func<ActProjects, string, string[]> Words, Func<ActProjects,
    string>? Keeps = null, Func<ActProjects, string, string?>? Lacks = null, bool Mends = false)
{
    /// <summary>What is lost that was there before, wherever the act was stopped; null: nothing.</summary>
    public Func<string, string?> Loses { get; init; } = _ => null;

    /// <summary>It ends with an error, also where nothing stops it.</summary>
    public bool Fails { get; init; }

    public static readonly Act[] All =
    [
        new("first build", (_, _) => { }, (p, store) => ["build", store, p.Links(), p.First], Lacks: (p, store) => Runs(p, p.First, store)),
        new("second build", (p, store) => p.Build(p.First, store), (p, store) => ["build", store, p.Links(), p.Second], p => p.First,
            (p, store) => Runs(p, p.Second, store)),
        new("gc", (p, store) =>
        {
            p.Build(p.Second, store);
            p.Build(p.Gone, store);
            File.Delete(p.Gone);
        }, (_, store) => ["gc", store], p => p.Second),
        new("repair", (p, store) =>
        {
            p.Build(p.First, store);
            Damage(store);
        }, (_, store) => ["repair", store], Mends: true),
        new("interrupted training", (p, store) => World.Build(p.Training, store, p.Links()),
            (p, store) => ["build", store, p.Links(), p.Training])
        {
            Fails = true,
            Loses = store => Checkpoints(store) >= 1 ? null : "the checkpoint",
        },
        new("reject", (p, store) => p.Build(p.First, store), (p, store) => ["reject", store, Chosen(p, store)],
            Lacks: (_, store) => RunLog.Known(store).SelectMany(h => h.Rejections).Any() ? null : "the rejection"),
        new("pin", (p, store) => p.Build(p.First, store), (p, store) => ["pin", store, p.First, "model"], p => p.First,
            (_, store) => Pins(store) == 1 ? null : "the pin"),
        new("unpin", (p, store) =>
        {
            p.Build(p.First, store);
            Work.Do(["pin", store, p.First, "model"]);
        }, (p, store) => ["unpin", store, Chosen(p, store)], p => p.First, (_, store) => Pins(store) == 0 ? null : "that the pin was gone"),
    ];

    static string? Runs(ActProjects projects, string project, string store) =>
        World.Build(project, store, projects.Links()) is (null, 0) ? null : "results";

    // Steps of the training that its checkpoint holds.
    static int Checkpoints(string store)
    {
        using var opened = Store.Open(store);
        opened.Sweep();
        return opened.Checkpoints.All() is [var one] && opened.Checkpoints.Find(one.Resolved, one.Replicate) is not null
            ? Directory.GetFiles(Path.Combine(store, "checkpoints"), "step-*", SearchOption.AllDirectories).Length : 0;
    }

    static int Pins(string store)
    {
        using var opened = Store.Open(store);
        return opened.Pins.All().Length;
    }

    static string Chosen(ActProjects projects, string store)
    {
        using var opened = Store.Open(store);
        return opened.Roots.Read(projects.First).Stages["model"].Results[0].Realization.ToString();
    }

    // One thing of each kind: what is healed, what is made again, what is dropped, what is given up.
    static void Damage(string store) => World.Sh($"""
        cd '{store}'
        chmod u+w trees/*/base; printf '~' | dd of="$(ls trees/*/base | head -1)" conv=notrunc status=none; chmod 444 trees/*/base
        chmod 644 "$(ls derivations/* | tail -1)"
        rm -f "$(ls resolved/*/realization.* | head -1)" "$(ls listings/* | tail -1)" "$(ls logs/*/* | head -1)"
        : > derivations/x
        d=$(dirname "$(ls trees/*/big.json)"); chmod u+w "$d"; : > "$d/extra"; chmod 555 "$d"
        """);
}
