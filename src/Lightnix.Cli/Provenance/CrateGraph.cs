namespace Lightnix.Cli;

/// <summary>The entities of an RO-Crate: JSON-LD, flat, each once.</summary>
sealed class CrateGraph
{
    readonly SortedDictionary<string, JsonValue.Object> _entities = new(StringComparer.Ordinal);

    public bool Has(string id) => _entities.ContainsKey(id);

    /// <summary>Files and folders of the crate that no folder of it holds.</summary>
    public IEnumerable<string> Data
    {
        get
        {
            var folders = _entities.Keys.Where(k => k.EndsWith('/')).ToList();
            return _entities.Where(e => IsData(e.Key) && !folders.Exists(f => f != e.Key && e.Key.StartsWith(f, StringComparison.Ordinal)))
                .Select(e => e.Key);
        }
    }

    static bool IsData(string id) => id is not ("./" or "ro-crate-metadata.json") && !id.StartsWith('#')
        && !id.Contains("://", StringComparison.Ordinal);

    /// <summary>Adds an entity, unless it is there.</summary>
    /// <returns>Its id.</returns>
    public string Add(string id, string type, string name, Func<JsonValue.Object, JsonValue.Object> more) =>
        Add(id, new JsonValue.String(type), name, more);

    /// <inheritdoc cref="Add(string,string,string,Func{JsonValue.Object,JsonValue.Object})"/>
    public string Add(string id, IEnumerable<string> types, string name, Func<JsonValue.Object, JsonValue.Object> more) =>
        Add(id, JsonValue.Texts(types), name, more);

    string Add(string id, JsonValue type, string name, Func<JsonValue.Object, JsonValue.Object> more)
    {
        if (!_entities.ContainsKey(id))
            _entities.Add(id, more(JsonValue.Object.Empty.With("@id", id).With("@type", type).With("name", Visible.Lines(name))));
        return id;
    }

    public static JsonValue Link(string id) => JsonValue.Object.Empty.With("@id", id);

    /// <summary>With an offset, as validators of crates want it.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);

    /// <summary>The id of a file of the crate: a relative reference of RFC 3986.</summary>
    public static string IdOf(RelativePath path) => string.Join('/', path.ToString().Split('/').Select(Uri.EscapeDataString));

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("@context", JsonValue.Texts(["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]))
        .With("@graph", new JsonValue.Array([.. _entities.Values]));
}
