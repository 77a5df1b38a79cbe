namespace Lightnix.Planning;

/// <summary>The promises of every stage, in the order in which they were declared.</summary>
sealed class PromiseTable
{
    readonly SortedDictionary<StageName, Promised> _byCell = [];
    readonly SortedSet<RelativePath> _homeless = [];

    public void Add(StageCell cell, Promise promise)
    {
        if (!_byCell.TryGetValue(cell.Name, out var promises))
            _byCell[cell.Name] = promises = new();
        promises.Add(promise);
    }

    /// <summary>Keeps the path of a promise whose stage is unknown, so that no stage is reported for reading it.</summary>
    public void AddHomeless(RelativePath path) => _homeless.Add(path);

    public ImmutableArray<Promise> Of(StageName cell) => _byCell.TryGetValue(cell, out var promises) ? promises.All : [];

    /// <summary>True for a promised path, and for one below a promised folder.</summary>
    public bool Covers(StageName cell, RelativePath path) =>
        (_byCell.TryGetValue(cell, out var promises) && promises.Cover(path)) || IsHomeless(path);

    public static bool MayBeFolder(Promise promise) => promise.Type is PromiseType.Any or PromiseType.Directory;

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

        public bool Cover(RelativePath path) => _promises.Exists(p => p.Path == path || (MayBeFolder(p) && p.Path.Contains(path)));
    }
}
