namespace Lightnix.Storage;

/// <summary>Walks from results to all that they were made from, and gathers the files of the store that say so.</summary>
sealed class ClosureWalk(Store store)
{
    readonly StoreLayout _layout = new(store.Folder) { Tool = store.Tool };
    readonly ImmutableDictionary<Reference<Realization>, Reference<Resolved>> _known = new StoreIndex(store).Realizations();
    readonly SortedDictionary<string, ArchivedFile> _records = new(StringComparer.Ordinal), _contents = new(StringComparer.Ordinal);
    readonly Dictionary<Reference<Resolved>, History> _histories = [];
    readonly HashSet<Reference<Derivation>> _derivations = [];
    readonly HashSet<Realization> _asked = [], _collected = [];
    readonly HashSet<Reference<Tree>> _trees = [];
    readonly HashSet<Reference<Run>> _runs = [];
    readonly HashSet<Reference<Realization>> _unknown = [];

    // True: with its files.
    readonly Dictionary<Realization, bool> _seen = [];
    readonly Queue<(Realization Result, bool WithFiles)> _pending = new();

    /// <summary>A result that was asked for.</summary>
    public void Ask(Realization result)
    {
        _asked.Add(result);
        _pending.Enqueue((result, true));
    }

    /// <summary>What is chosen for a stage, and what its matcher counts. Of a result that was not chosen, only the files that rank and
    /// judge it.</summary>
    public void Count(Root root, Selection selection)
    {
        AddDerivation(selection.Derivation);
        foreach (var result in selection.Results)
            _pending.Enqueue((new(result.Resolved, result.Tree), true));
        if (selection.Choice.IsAmongStages)
            return;
        // Choices of the project may rank and judge it too.
        var readers = root.Stages.Values.Where(s => s.Choice.IsAmongStages).Prepend(selection).ToImmutableArray();
        var paths = readers.SelectMany(s => s.Reads).Concat(readers.Select(s => s.Matcher.Metric?.File).OfType<RelativePath>())
            .ToImmutableSortedSet();
        foreach (var run in HistoryOf(selection.Resolved).Runs)
        {
            _pending.Enqueue((new(run.Facts.Resolved, run.Tree), false));
            AddRemains(run.Tree, paths);
        }
    }

    public Closure Finish()
    {
        while (_pending.TryDequeue(out var next))
        {
            if (_seen.TryGetValue(next.Result, out var hadFiles) && (hadFiles || !next.WithFiles))
                continue;
            _seen[next.Result] = next.WithFiles;
            Add(next.Result, next.WithFiles);
        }
        return new([.. _asked.OrderBy(r => r.Reference())], [.. _trees.Order()], [.. _collected.OrderBy(r => r.Reference())])
        {
            Records = _records.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Contents = _contents.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Runs = _runs.Count,
            Unknown = [.. _unknown.Order()],
        };
    }

    void Add(Realization result, bool withFiles)
    {
        var (reference, history) = (result.Reference(), HistoryOf(result.Resolved));
        AddResolved(result.Resolved);
        AddRecord(new(ArchivedName.Realization, reference.Digest, result.Resolved));
        AddRecord(new(ArchivedName.Listing, result.Tree.Digest));
        foreach (var rejection in history.Rejections.Where(r => r.Realization == reference))
            AddRecord(new(ArchivedName.Rejection, rejection.Reference().Digest, result.Resolved));
        foreach (var run in history.Runs.Where(r => r.Tree == result.Tree))
            Add(run, withFiles);
        if (withFiles && !TryAddFiles(result.Tree))
            _collected.Add(result);
    }

    void Add(Run run, bool withFiles)
    {
        _runs.Add(run.Reference());
        AddRecord(new(run.Adopted is null ? ArchivedName.Run : ArchivedName.Adoption, run.Reference().Digest, run.Facts.Resolved));
        foreach (var note in Note.About(run.Reference().Digest, HistoryOf(run.Facts.Resolved).Notes))
            AddRecord(new(ArchivedName.Note, note.Reference().Digest, run.Facts.Resolved));
        if (run.Facts.Log is { } log)
            AddRecord(new(ArchivedName.Log, log.Digest));
        AddDerivation(run.Facts.Derivation);
        foreach (var input in run.Facts.Context.Values.SelectMany(c => c))
            Enqueue(input, withFiles);
        // What was adopted is not read: only where it came from is known.
        if (run.Adopted is { } adopted)
            Enqueue(adopted.From, withFiles: false);
    }

    void Enqueue(Reference<Realization> reference, bool withFiles)
    {
        if (_known.TryGetValue(reference, out var of) && store.Records.Find(reference, of) is { } result
            && HistoryOf(of).FirstOf(result.Tree) is not null)
            _pending.Enqueue((result, withFiles));
        else
            _unknown.Add(reference);
    }

    void AddResolved(Reference<Resolved> reference)
    {
        AddRecord(new(ArchivedName.Resolved, reference.Digest));
        // The program that made it, so that it can be made again.
        if (store.Records.Find(reference)?.Builder is Builder.Program { Output: var output } && TryAddFiles(output))
            AddRecord(new(ArchivedName.Listing, output.Digest));
    }

    void AddDerivation(Reference<Derivation> first)
    {
        var pending = new Stack<Reference<Derivation>>([first]);
        while (pending.TryPop(out var reference))
        {
            if (!_derivations.Add(reference) || store.Records.Find(reference) is not { } derivation)
                continue;
            AddRecord(new(ArchivedName.Derivation, reference.Digest));
            foreach (var source in derivation.Sources)
            {
                if (store.Sources.FileOf(source.Content) is { } file)
                    AddContent(source.Content, file);
            }
            foreach (var input in derivation.Inputs)
                pending.Push(input.Derivation);
        }
    }

    bool TryAddFiles(Reference<Tree> reference)
    {
        if (!store.Trees.Contains(reference))
            return false;
        if (!_trees.Add(reference))
            return true;
        foreach (var file in store.Trees.Get(reference).Entries.OfType<TreeEntry.File>())
            AddContent(file.Content, file.Path.Under(_layout.FolderOf(reference)));
        return true;
    }

    void AddRemains(Reference<Tree> reference, IEnumerable<RelativePath> paths)
    {
        if (store.Trees.Find(reference) is not { } tree)
            return;
        var files = paths.Select(tree.Follow).OfType<RelativePath>().Select(tree.Find).OfType<TreeEntry.File>()
            .Where(f => f.Size < Reachability.SmallEnough);
        foreach (var file in files)
        {
            string[] places =
            [
                file.Path.Under(_layout.FolderOf(reference)), _layout.ContentOf(file.Content, file.Executable),
            ];
            if (places.FirstOrDefault(File.Exists) is { } place)
                AddContent(file.Content, place);
        }
    }

    void AddRecord(ArchivedName name)
    {
        var path = name.Under(_layout);
        if (_records.ContainsKey(name.ToString()))
            return;
        var facts = Files.Facts(path) ?? throw StorageErrors.Damaged(path, "is missing", _layout.Tool.RepairCure);
        _records.Add(name.ToString(), new(path, name.Digest, facts.Size));
    }

    void AddContent(Digest content, string path)
    {
        var name = new ArchivedName(ArchivedName.Content, content).ToString();
        if (!_contents.ContainsKey(name))
            _contents.Add(name, new(path, content, Files.Facts(path)?.Size ?? 0));
    }

    History HistoryOf(Reference<Resolved> resolved)
    {
        if (!_histories.TryGetValue(resolved, out var history))
            _histories.Add(resolved, history = store.Records.History(resolved));
        return history;
    }
}
