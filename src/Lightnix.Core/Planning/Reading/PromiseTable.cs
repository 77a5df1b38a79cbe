namespace Lightnix.Planning;

/// <summary>The promises of every stage, in the order in which they were declared.</summary>
sealed class PromiseTable
{
    readonly SortedDictionary<StageName, Promised> _byCell = [];
    readonly SortedSet<RelativePath> _homeless = [];
    readonly SortedSet<StageName> _unknown = [];

    public void Add(StageCell cell, Promise promise)
    {
        if (!_byCell.TryGetValue(cell.Name, out var promises))
            _byCell[cell.Name] = promises = new();
        promises.Add(promise);
    }

    /// <summary>Keeps the path of a promise whose stage is unknown, so that no stage is reported for reading it.</summary>
    public void AddHomeless(RelativePath path) => _homeless.Add(path);

    /// <summary>Says of a choice that its promises cannot be known, so that no stage is reported for reading one.</summary>
    public void AddUnknown(StageName choice) => _unknown.Add(choice);

    public bool IsUnknown(StageName choice) => _unknown.Contains(choice);

    /// <summary>
    /// Gives a choice the promises of the stages that it names. A promise of its own stands for one of the same path, and has its type
    /// where the author wrote none.
    /// </summary>
    public void Inherit(StageName choice, ImmutableArray<Promise> inherited)
    {
        var own = Of(choice);
        _byCell[choice] = new();
        foreach (var promise in inherited.Where(i => own.All(o => o.Path != i.Path))
            .Concat(own.Select(o => inherited.FirstOrDefault(i => i.Path == o.Path && o.Item.Find(Names.Type) is null) is { } typed
                ? o with { Type = typed.Type, Pointer = o.Pointer ?? typed.Pointer } : o)))
            _byCell[choice].Add(promise);
    }

    public ImmutableArray<Promise> Of(StageName cell) => _byCell.TryGetValue(cell, out var promises) ? promises.All : [];

    /// <summary>True for a promised path, and for one below a promised folder.</summary>
    public bool Covers(StageName cell, RelativePath path) =>
        (_byCell.TryGetValue(cell, out var promises) && promises.Cover(path)) || IsUnknown(cell) || IsHomeless(path);

    bool IsHomeless(RelativePath path)
    {
        for (var at = path; !at.IsRoot; at = at.Parent)
        {
            if (_homeless.Contains(at))
                return true;
        }
        return false;
    }

    sealed class Promised
    {
        readonly List<Promise> _promises = [];
        ImmutableArray<Promise>? _all;

        public ImmutableArray<Promise> All => _all ??= [.. _promises];

        public void Add(Promise promise)
        {
            _promises.Add(promise);
            _all = null;
        }

        public bool Cover(RelativePath path) => _promises.Exists(p => ReferencedPromise.Of(p).Covers(path));
    }
}
