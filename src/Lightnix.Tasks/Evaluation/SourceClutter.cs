using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>Leaves out of the sources what a wildcard finds of <see cref="Clutter"/>. Files that an author names stay, and so do files in a
/// folder that the wildcard itself names.</summary>
sealed class SourceClutter(Declarations declared, ProjectPlaces places)
{
    readonly SortedDictionary<string, FileCount> _leftOut = new(StringComparer.Ordinal);
    readonly Dictionary<string, string?> _environments = new(StringComparer.Ordinal);
    readonly Lazy<List<string>> _texts =
        new(() => [.. ImportedFiles.With(places.ProjectFile, declared.DefiningFiles).Select(SuspiciousText.Read)]);

    public ImmutableArray<DeclaredItem> Kept => field.IsDefault ? field = Find() : field;

    /// <summary>A hint about the files that were left out; null: none were.</summary>
    public string? Hint => Kept.IsDefault || _leftOut.Count == 0
        ? null
        : $"left out of the sources: {string.Join(", ", _leftOut.Select(f => $"'{f.Key}' ({f.Value})"))}. "
            + "A wildcard that names one of them takes it, as '.git/**'; what Exclude names is left out without this line";

    ImmutableArray<DeclaredItem> Find() => [.. declared.Items.Where(item => item.Kind != ItemKind.Source || !IsLeftOut(item))];

    bool IsLeftOut(DeclaredItem item)
    {
        if ((Clutter.In(item.Include) ?? InEnvironment(item)) is not var (name, mark) || !IsFound(item, name, mark))
            return false;
        if (!_leftOut.TryGetValue(name, out var count))
            _leftOut[name] = count = new();
        count.Files++;
        return true;
    }

    (string Name, string Mark)? InEnvironment(DeclaredItem item) =>
        declared.FoundBelow(item).Length > 0 && EnvironmentOf(Path.GetDirectoryName(item.Include) ?? "") is { } name ? (name, name) : null;

    // The name of the folder that is a virtual environment of Python, or that holds one.
    string? EnvironmentOf(string folder)
    {
        if (folder.Length == 0)
            return null;
        if (!_environments.TryGetValue(folder, out var known))
        {
            var isOne = File.Exists(declared.Absolute($"{folder}/{Clutter.EnvironmentFile}"));
            known = EnvironmentOf(Path.GetDirectoryName(folder) ?? "") ?? (isOne ? Path.GetFileName(folder) : null);
            _environments[folder] = known;
        }
        return known;
    }

    // MSBuild says what '**' stands for. Where no text names the folder, no evaluation is needed.
    bool IsFound(DeclaredItem item, string name, string mark)
    {
        var isBelowStars = declared.FoundBelow(item).Split('/').Contains(name, StringComparer.Ordinal);
        return (isBelowStars && !_texts.Value.Exists(text => text.Contains(name, StringComparison.Ordinal)))
            || (places.WildcardOf(item) is { } wildcard && !wildcard.Contains(mark, StringComparison.Ordinal));
    }

    sealed class FileCount
    {
        public int Files { get; set; }

        public override string ToString() => Files == 1 ? "1 file" : $"{Files} files";
    }
}
