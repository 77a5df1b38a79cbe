namespace Lightnix.Model;

/// <summary>A root of the store: what the last build of a project chose. Garbage collection keeps these results as long as the project file
/// exists.</summary>
/// <param name="Project">The project file's full path.</param>
/// <param name="Stages">By stage name. A stage that the last build could not choose for keeps its last choice.</param>
public sealed record Root(string Project, ImmutableSortedDictionary<string, Selection> Stages) : IRecord<Root>
{
    /// <summary>Since 2, a selection may have results of several stages. Since 3, it has what its promises demand,
    /// and the root names stages that were not built.</summary>
    public static string Format => "lightnix/root/3";

    const string FirstFormat = "lightnix/root/1";
    const string SecondFormat = "lightnix/root/2";
    const string Check = "check";

    public static bool Reads(string format) => format is FirstFormat or SecondFormat || format == Format;

    string IRecord<Root>.OwnFormat => this switch
    {
        _ when !NotBuilt.IsEmpty || !Failed.IsEmpty || Stages.Values.Any(s => !s.Demands.IsEmpty) => Format,
        _ when Stages.Values.Any(s => s.IsOfSecondFormat) => SecondFormat,
        _ => FirstFormat,
    };

    /// <summary>Resolved derivations of stages that the last build could not choose for, by stage name. Their results are not
    /// collected.</summary>
    public ImmutableSortedDictionary<string, Reference<Resolved>> Pending { get; init; } =
        ImmutableSortedDictionary.Create<string, Reference<Resolved>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Other stages that the last build has no choice for: by stage, the stage that could not be chosen for. It is the stage
    /// itself, or one before it. An earlier choice stays in <see cref="Stages"/>.</summary>
    public ImmutableSortedDictionary<string, string> Failed { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Derivations of stages without a choice that the last build did not try: an input failed, or nothing asked for
    /// them.</summary>
    public ImmutableSortedDictionary<string, Reference<Derivation>> NotBuilt { get; init; } =
        ImmutableSortedDictionary.Create<string, Reference<Derivation>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of the project's lock file, whose pins are kept too; null where it had none.</summary>
    public string? LockFile { get; init; }

    public static Root None(string project) =>
        new(project, ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase));

    // The only record that is replaced, so its name cannot be its digest: it carries one.
    public JsonValue.Object ToJson()
    {
        var plain = JsonValue.Object.Empty
            .With("project", Project)
            .WithOptional("lockFile", LockFile)
            .WithOptional("pending", Pending.ToImmutableSortedDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal))
            .WithOptional("failed", Failed.WithComparers(StringComparer.Ordinal))
            .WithOptional("notBuilt", NotBuilt.ToImmutableSortedDictionary(s => s.Key, s => s.Value.ToString(), StringComparer.Ordinal))
            .With("stages", JsonValue.Object.Of(Stages, s => s.ToJson()));
        return plain.With(Check, CheckOf(plain));
    }

    public static Root FromJson(JsonValue.Object json)
    {
        var root = new Root(json.Text("project"), Read(json.Object("stages")))
        {
            LockFile = json.OptionalText("lockFile"),
            Pending = json.OptionalMap("pending")
                .ToImmutableSortedDictionary(p => p.Key, p => Reference<Resolved>.Parse(p.Value), StringComparer.OrdinalIgnoreCase),
            Failed = json.OptionalMap("failed").WithComparers(StringComparer.OrdinalIgnoreCase),
            NotBuilt = json.OptionalMap("notBuilt")
                .ToImmutableSortedDictionary(s => s.Key, s => Reference<Derivation>.Parse(s.Value), StringComparer.OrdinalIgnoreCase),
        };
        return json.Text(Check) == CheckOf(JsonValue.Object.Of(json.Members.Where(m => m.Key is not (Check or "format")))) ? root
            : throw new FormatException($"its member '{Check}' is not the digest of the rest");
    }

    /// <summary>True of the bytes that a root is written as. Its members are sorted: the check stands first, and holds for what follows
    /// the format.</summary>
    internal static bool IsAsWritten(ReadOnlySpan<byte> bytes)
    {
        var start = $"{{\"{Check}\":\"";
        var rest = start.Length + Digest.TextLength + "\",\"format\":\"".Length + Format.Length + "\",".Length;
        if (bytes.Length <= rest)
            return false;
        var head = Encoding.UTF8.GetString(bytes[..rest]);
        return head.StartsWith(start, StringComparison.Ordinal) && head.EndsWith("\",", StringComparison.Ordinal)
            && head.Substring(start.Length, Digest.TextLength) == Digest.Of([(byte)'{', .. bytes[rest..]]).ToString();
    }

    static string CheckOf(JsonValue.Object root) => Digest.Of(CanonicalJson.ToBytes(root)).ToString();

    static ImmutableSortedDictionary<string, Selection> Read(JsonValue.Object stages) =>
        stages.Members.Keys.ToImmutableSortedDictionary(k => k, k => Selection.FromJson(stages.Object(k)),
            StringComparer.OrdinalIgnoreCase);
}
