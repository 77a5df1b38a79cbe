using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>
/// Leaves out of the sources what a wildcard finds of <see cref="Clutter"/>. What an author names stays, and so does what a wildcard finds in such a folder
/// that the wildcard itself names.
/// </summary>
sealed class SourceClutter(Declarations declared, ProjectPlaces places)
{
    readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    readonly Dictionary<string, string?> _environments = new(StringComparer.Ordinal);
    readonly Lazy<List<string>> _texts = new(() => [.. ImportedFiles.With(places.ProjectFile, declared.DefiningFiles).Select(SuspiciousText.Read)]);

    /// <summary>The items without clutter.</summary>
    public ImmutableArray<DeclaredItem> Kept => field.IsDefault ? field = Find() : field;

    /// <summary>What was left out, as a hint; null: nothing.</summary>
    public string? Hint => Kept.IsDefault || _leftOut.Count == 0 ? null
        : $"left out of the sources: {string.Join(", ", _leftOut.Select(f => $"'{f.Key}' ({f.Value} {(f.Value == 1 ? "file" : "files")})"))}. "
            + "A wildcard that names one of them takes it, as '.git/**'; what Exclude names is left out without this line";

    ImmutableArray<DeclaredItem> Find() => [.. declared.Items.Where(item => item.Kind != ItemKind.Source || !IsLeftOut(item))];

    bool IsLeftOut(DeclaredItem item)
    {
        if ((Clutter.In(item.Include) ?? InEnvironment(item)) is not var (name, mark) || !IsFound(item, name, mark))
            return false;
        _leftOut[name] = _leftOut.GetValueOrDefault(name) + 1;
        return true;
    }

    (string Name, string Mark)? InEnvironment(DeclaredItem item) =>
        declared.FoundBelow(item).Length > 0 && EnvironmentOf(Path.GetDirectoryName(item.Include) ?? "") is { } name ? (name, name) : null;

    // The name of the folder that is a virtual environment of Python, or in which one is.
    string? EnvironmentOf(string folder)
    {
        if (folder.Length == 0)
            return null;
        if (!_environments.TryGetValue(folder, out var known))
        {
            known = EnvironmentOf(Path.GetDirectoryName(folder) ?? "") ?? (File.Exists(declared.Absolute($"{folder}/{Clutter.EnvironmentFile}")) ? Path.GetFileName(folder) : null);
            _environments[folder] = known;
        }
        return known;
    }

    // MSBuild says what '**' stands for. Where no text names the folder, there is nothing more to ask.
    bool IsFound(DeclaredItem item, string name, string mark) =>
        (declared.FoundBelow(item).Split('/').Contains(name, StringComparer.Ordinal) && !_texts.Value.Exists(text => text.Contains(name, StringComparison.Ordinal)))
        || (places.WildcardOf(item) is { } wildcard && !wildcard.Contains(mark, StringComparison.Ordinal));
}
