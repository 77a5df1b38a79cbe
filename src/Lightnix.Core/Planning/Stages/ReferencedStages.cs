namespace Lightnix.Planning;

/// <summary>Finds the stages of referenced projects by the names that placeholders call them.</summary>
sealed class ReferencedStages
{
    readonly SortedDictionary<string, ImmutableArray<string>> _files = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedDictionary<StageName, ReferencedStage> _byName = [];

    public ReferencedStages(DeclaredProject project)
    {
        AreUnknown = project.IsOutline && project.ReferencedStages.IsEmpty;
        var referenced = project.ReferencedStages.ToLookup(h => h.Project, StringComparer.Ordinal);
        foreach (var named in project.References.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase))
        {
            var files = named.Select(r => r.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
            _files.Add(named.Key, files);
            foreach (var stage in files.Length == 1 ? referenced[files[0]] : [])
                _byName[stage.Name.Of(named.Key)] = stage;
        }
    }

    /// <summary>True where nothing is known of other projects, and a reference to one is no mistake.</summary>
    public bool AreUnknown { get; }

    /// <summary>The names of all referenced projects, sorted.</summary>
    public IEnumerable<string> Projects => _files.Keys;

    /// <summary>The files with this name: none, one, or several, of which none is meant.</summary>
    public ImmutableArray<string> Files(string project) => _files.TryGetValue(project, out var files) ? files : [];

    /// <summary>The name as it was declared, whatever case a placeholder uses: it becomes the name of a folder.</summary>
    public string Canonical(string project) => _files.Keys.First(name => string.Equals(name, project, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a placeholder can say and a folder can be called.</summary>
    public static bool IsLawful(string project) =>
        project.Length > 0 && char.IsAsciiLetterOrDigit(project[0]) && project.All(c => StageName.IsLegal(c) || c == '.');

    public ReferencedStage? Find(StageName name) => _byName.GetValueOrDefault(name);

    /// <summary>Names that may be used of a project's stages, whole matrices and single cells alike, sorted.</summary>
    public ImmutableArray<string> Names(string project) =>
        [.. Of(project).SelectMany(s => new[] { s.Value.DeclaredName, s.Value.Name }).Distinct().Order().Select(name => name.ToString())];

    /// <summary>The stages that a reference means, by their names here.</summary>
    /// <param name="fault">Why there are none: an axis or value that the matrix does not have; null when the stage is unknown.</param>
    public ImmutableArray<StageName> Resolve(string project, StageReference reference, out CellFault? fault)
    {
        fault = null;
        var meant = Of(project).Where(s => Is(s.Value.DeclaredName)).ToImmutableArray();
        if (meant.IsEmpty)
            meant = [.. Of(project).Where(s => Is(s.Value.Name))];
        var cells = meant;
        foreach (var (axis, value) in reference.Cells)
        {
            fault ??= FaultOf(meant, axis, value);
            cells = [.. cells.Where(c => c.Value.Axes.GetValueOrDefault(axis) == value)];
        }
        return fault is null ? [.. cells.Select(c => c.Key)] : [];

        bool Is(StageName name) => string.Equals(name.ToString(), reference.Stage, StringComparison.OrdinalIgnoreCase);
    }

    IEnumerable<KeyValuePair<StageName, ReferencedStage>> Of(string project) =>
        _byName.Where(s => string.Equals(s.Key.Project, project, StringComparison.OrdinalIgnoreCase));

    static CellFault? FaultOf(ImmutableArray<KeyValuePair<StageName, ReferencedStage>> cells, string axis, string value)
    {
        if (cells.IsEmpty)
            return null;
        var values = cells.Select(c => c.Value.Axes.GetValueOrDefault(axis)).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        return values.IsEmpty ? new(axis, [.. cells.SelectMany(c => c.Value.Axes.Keys).Distinct(StringComparer.Ordinal)])
            : values.Contains(value, StringComparer.Ordinal) ? null
            : new($"{axis}={value}", [.. values.Select(v => $"{axis}={v}")]);
    }
}
