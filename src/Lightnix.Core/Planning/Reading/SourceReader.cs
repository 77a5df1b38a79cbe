namespace Lightnix.Planning;

/// <summary>Reads every <c>&lt;Source&gt;</c>, and puts together what each stage reads.</summary>
sealed class SourceReader(ProjectPaths paths, ForbiddenPaths forbidden, IContents contents, StageList stages, Findings findings)
{
    readonly ImmutableSortedDictionary<string, FileContent?>.Builder _contents =
        ImmutableSortedDictionary.CreateBuilder<string, FileContent?>(StringComparer.Ordinal);

    readonly ImmutableSortedDictionary<StageName, List<DeclaredSource>>.Builder _own =
        ImmutableSortedDictionary.CreateBuilder<StageName, List<DeclaredSource>>();

    readonly SourceSet _common = new(findings);
    ImmutableArray<SourceFile>? _commonFiles;

    public void Read(DeclaredItem item)
    {
        var reader = new ItemReader(item, findings);
        var matches = stages.Read(reader, out var whole);
        foreach (var match in matches.Where(m => m.Draft.IsFixedOutput || m.Draft.IsChoice))
            findings.Add(DeclarationErrors.SourceOfNoRun(item, match.Draft.Item.Include, match.Draft.Kind));
        if (ReadFile(reader, paths.OfItem(item.Include)) is not { } source)
            return;
        if (whole && matches.IsEmpty)
            _common.Add(new(source, item));
        foreach (var cell in StageList.Cells(matches))
        {
            if (!_own.TryGetValue(cell.Name, out var own))
                _own[cell.Name] = own = [];
            own.Add(new(source, item));
        }
    }

    /// <summary>The sources of a stage that runs, its script among them; sorted by path.</summary>
    public ImmutableArray<SourceFile> Of(StageDraft draft, StageCell cell, SourceFile? script)
    {
        _own.TryGetValue(cell.Name, out var own);
        var hasCheckpoint = draft.Execution.Checkpoint;
        if (own is null && script is null && !hasCheckpoint)
            return _commonFiles ??= _common.Files();
        var set = new SourceSet(findings, _common);
        foreach (var source in own ?? [])
            set.Add(source);
        if (script is not null)
            set.Add(new(script, draft.Item));
        return set.Files(hasCheckpoint);
    }

    /// <summary>Where a file outside of the project's folder is linked to, for one stage; null where it is not.</summary>
    public SourceFile? LinkOf(StageDraft draft, string file) => draft.Cells
        .SelectMany(cell => _own.GetValueOrDefault(cell.Name) ?? [])
        .Select(own => own.File)
        .Concat(_commonFiles ??= _common.Files())
        .FirstOrDefault(source => source.File == file);

    /// <summary>A file's digest, asked for once.</summary>
    /// <exception cref="ContentException">It cannot be read.</exception>
    public FileContent? Content(string file) =>
        _contents.TryGetValue(file, out var content) ? content : _contents[file] = contents.File(file);

    SourceFile? ReadFile(ItemReader reader, string file)
    {
        var item = reader.Item;
        if (IsNeverSource(item, file))
            return null;
        var before = findings.Count;
        var path = reader.RelativePath(Names.Link);
        if (findings.Count == before && (path ??= paths.Inside(file)) is null)
            findings.Add(DeclarationErrors.SourceOutside(item, item.Include));
        if (path is not null && IsReserved(path))
            findings.Add(DeclarationErrors.SourceInReservedFolder(item, path, reader.Text(Names.Link) is null ? null : Names.Link));
        try
        {
            if (Content(file) is not { } content)
                findings.Add(PlaceholderText.FirstIn(item.Include) is { } placeholder
                    ? DeclarationErrors.PlaceholderInSource(item, placeholder)
                    : MissingErrors.Source(item, file, contents.Look(file), paths.WildcardOf(item)));
            else if (path is not null)
                return new(new(path, content.Digest, content.Executable), file);
        }
        catch (ContentException refusal)
        {
            findings.Add(DeclarationErrors.Refused(item, null, refusal));
        }
        return null;
    }

    // What a wildcard finds of it is left out without a word.
    bool IsNeverSource(DeclaredItem item, string file)
    {
        try
        {
            if (forbidden.Of(file) is not { } written)
                return false;
            if (!paths.IsLockFile(file) && paths.IsNamed(item))
                findings.Add(ForbiddenErrors.Source(item, written));
        }
        catch (ContentException refusal)
        {
            findings.Add(DeclarationErrors.Refused(item, null, refusal));
        }
        return true;
    }

    /// <summary>True for what the working folder has other uses for; on some systems names are equal without regard to case. The last is
    /// what <c>LIGHTNIX_CONTEXT</c> names.</summary>
    public static bool IsReserved(RelativePath path) =>
        path.First.ToLowerInvariant() is "in" or "out" or ".lightnix.json" or ".lightnix.command.sh" or ".lightnix.command.ps1";

    /// <summary>The same of what the working folder of a stage with a checkpoint has another use for.</summary>
    public static bool IsInCheckpoint(RelativePath path) => path.First.Equals(WorkingFolder.Checkpoint, StringComparison.OrdinalIgnoreCase);
}
