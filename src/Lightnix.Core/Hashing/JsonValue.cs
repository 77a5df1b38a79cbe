namespace Lightnix.Hashing;

/// <summary>A JSON document (RFC 8259), immutable.</summary>
public abstract record JsonValue
{
    JsonValue() { }

    public sealed record Null : JsonValue;
    public sealed record Boolean(bool Value) : JsonValue;

    /// <param name="Text">The number in the invariant culture.</param>
    public sealed record Number(string Text) : JsonValue;

    public sealed record String(string Value) : JsonValue;
    public sealed record Array(ImmutableArray<JsonValue> Items) : JsonValue;

    public sealed record Object : JsonValue
    {
        // An object has few members, or is made of all of them at once: a copy costs less than an immutable tree.
        readonly Dictionary<string, JsonValue> _members;

        /// <param name="members">Of this object alone from now on.</param>
        internal Object(Dictionary<string, JsonValue> members) => _members = members;

        public static Object Empty { get; } = new(new Dictionary<string, JsonValue>(StringComparer.Ordinal));

        /// <summary>By name, without order: the canonical form sorts them.</summary>
        public IReadOnlyDictionary<string, JsonValue> Members => _members;

        /// <exception cref="ArgumentException">A name is there twice.</exception>
        public static Object Of(IEnumerable<KeyValuePair<string, JsonValue>> members) =>
            new(new Dictionary<string, JsonValue>(members, StringComparer.Ordinal));

        /// <inheritdoc cref="Of(IEnumerable{KeyValuePair{string, JsonValue}})"/>
        public static Object Of<T>(IEnumerable<KeyValuePair<string, T>> values, Func<T, JsonValue> toJson) =>
            Of(values.Select(v => KeyValuePair.Create(v.Key, toJson(v.Value))));

        public Object With(string name, JsonValue value) => new(new Dictionary<string, JsonValue>(_members, StringComparer.Ordinal)
        {
            [name] = value,
        });

        public Object With(string name, string value) => With(name, new String(value));

        public Object With(string name, long value) => With(name, Of(value));

        public Object With(string name, bool value) => With(name, new Boolean(value));

        /// <summary>Adds a member unless the value is null: constant defaults are left out of records.</summary>
        public Object WithOptional(string name, string? value) => value is null ? this : With(name, value);

        /// <summary>Adds a member unless there is none.</summary>
        public Object WithOptional(string name, Object? value) => value is null ? this : With(name, value);

        /// <summary>Adds a member unless the array is empty.</summary>
        public Object WithOptional(string name, IEnumerable<JsonValue> items)
        {
            var array = items.ToImmutableArray();
            return array.IsEmpty ? this : With(name, new Array(array));
        }

        /// <summary>Adds a member that holds text by name, unless there is none.</summary>
        public Object WithOptional(string name, IReadOnlyDictionary<string, string> texts) =>
            texts.Count == 0 ? this : With(name, Of(texts, t => new String(t)));

        /// <summary>Adds a member that is true, or none: false is the constant default.</summary>
        public Object WithFlag(string name, bool value) => value ? With(name, true) : this;

        public JsonValue? Find(string name) => Members.GetValueOrDefault(name);
    }

    public static JsonValue Of(long value) => new Number(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Array Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonValue)new String(t))]);
}
