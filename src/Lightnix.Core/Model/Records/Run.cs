namespace Lightnix.Model;

/// <summary>One execution of a builder, completed or failed: enough to explain and repeat it.</summary>
public sealed record RunFacts
{
    public required Reference<Resolved> Resolved { get; init; }
    public required Reference<Derivation> Derivation { get; init; }

    /// <summary>The realizations of direct inputs, by <see cref="InputEntry.At"/>, in the order of the selection.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Reference<Realization>>> Context { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<Reference<Realization>>>(Utf8Order.Instance);

    /// <summary>1, 2, 3 …</summary>
    public int Replicate { get; init; } = 1;

    /// <summary>1, 2, 3 …: a repetition of one replicate, with the same seed.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Null for builders that have none.</summary>
    public int? Seed { get; init; }

    /// <summary>One more than the highest known for the resolved derivation when it started. What is above the highest that is read
    /// becomes that one.</summary>
    public required long Order { get; init => field = Math.Min(value, MostOrder); }

    /// <summary>Random, so that no two runs are the same record.</summary>
    public required string Nonce { get; init; }

    public required DateTimeOffset Start { get; init; }
    public required DateTimeOffset End { get; init; }
    public required Host Host { get; init; }

    /// <summary><c>none</c>, or the sandbox and its version.</summary>
    public string Sandbox { get; init; } = NoSandbox;

    /// <summary>What <see cref="Sandbox"/> is where there was none.</summary>
    public const string NoSandbox = "none";

    /// <summary>Tools, interpreter and shell by name, each with the text that it printed as its version.</summary>
    public ImmutableSortedDictionary<string, string> Tools { get; init; } = Model.Derivation.NoTexts;

    /// <summary>Absolute paths of the programs that ran, by name: interpreter or shell, tools, and in a sandbox all programs of the user.
    /// Links and shims are followed.</summary>
    public ImmutableSortedDictionary<string, string> Programs { get; init; } = Model.Derivation.NoTexts;

    /// <summary>Of a download: where the bytes came from.</summary>
    public string? Url { get; init; }

    /// <summary>Names of environment variables that were passed through.</summary>
    public ImmutableArray<string> Passed { get; init; } = [];

    /// <summary>Limits as declared: <c>cores</c>, <c>memory</c> (bytes), <c>gpus</c>, <c>timeLimit</c> (seconds).</summary>
    public ImmutableSortedDictionary<string, string> Limits { get; init; } = Model.Derivation.NoTexts;

    /// <summary>How often the builder was tried again.</summary>
    public int Retries { get; init; }

    /// <summary>Null when there was nothing to log.</summary>
    public Reference<Log>? Log { get; init; }

    /// <summary>The commit of the git working tree that the project is in, in hexadecimal; null where there is none, or it cannot be
    /// read.</summary>
    public string? Revision { get; init; }

    /// <summary>True where the working tree differs from <see cref="Revision"/>; null where that is not known.</summary>
    public bool? Dirty { get; init; }

    /// <summary>Null for a run that went on from the checkpoint of no former try.</summary>
    public Resumption? Resumed { get; init; }

    /// <summary>The revision for people, marked where the working tree differs from it.</summary>
    public string? RevisionText => Revision is not null && Dirty == true ? $"{Revision} (dirty)" : Revision;

    bool IsOfFirstFormat => Revision is null && Dirty is null && Resumed is null;

    internal string FormatOf(string kind) => $"lightnix/{kind}/{(IsOfFirstFormat ? 1 : 2)}";

    /// <summary>Zero where the clock was set back while it ran.</summary>
    public TimeSpan Duration => End > Start ? End - Start : TimeSpan.Zero;

    internal JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("resolved", Resolved.ToString())
            .With("derivation", Derivation.ToString())
            .With("order", Order)
            .With("nonce", Nonce)
            .With("start", Utc(Start))
            .With("end", Utc(End))
            .With("host", Host.ToJson())
            .WithOptional("sandbox", Sandbox == NoSandbox ? null : Sandbox)
            .WithOptional("tools", Tools)
            .WithOptional("programs", Programs)
            .WithOptional("url", Url)
            .WithOptional("passed", JsonValue.Texts(Passed).Items)
            .WithOptional("limits", Limits)
            .WithOptional("log", Log?.ToString())
            .WithOptional("revision", Revision);
        if (!Context.IsEmpty)
            json = json.With("context", JsonValue.Object.Of(Context, c => JsonValue.Texts(c.Select(r => r.ToString()))));
        if (Seed is { } seed)
            json = json.With("seed", seed);
        if (Dirty is { } dirty)
            json = json.With("dirty", dirty);
        if (Resumed is { } resumed)
            json = json.With("resumed", resumed.ToJson());
        return Count(Count(Count(json, "replicate", Replicate, 1), "attempt", Attempt, 1), "retries", Retries, 0);

        static JsonValue.Object Count(JsonValue.Object json, string name, int value, int usual) =>
            value == usual ? json : json.With(name, value);
    }

    internal static RunFacts FromJson(JsonValue.Object json) => new()
    {
        Resolved = Reference<Resolved>.Parse(json.Text("resolved")),
        Derivation = Reference<Derivation>.Parse(json.Text("derivation")),
        Context = json.Find("context") is JsonValue.Object context
            ? context.Members.Keys.ToImmutableSortedDictionary(k => k,
                k => context.OptionalTexts(k).Select(Reference<Realization>.Parse).ToImmutableArray(), Utf8Order.Instance)
            : ImmutableSortedDictionary.Create<string, ImmutableArray<Reference<Realization>>>(Utf8Order.Instance),
        Replicate = Count(json, "replicate", 1, least: 1),
        Attempt = Count(json, "attempt", 1, least: 1),
        Seed = json.Find("seed") is null ? null : (int)json.Integer("seed", 0, int.MaxValue),
        Order = json.Integer("order", 0, MostOrder),
        Nonce = json.Text("nonce"),
        Start = FromUtc(json.Text("start")),
        End = FromUtc(json.Text("end")),
        Host = Host.FromJson(json.Object("host")),
        Sandbox = json.OptionalText("sandbox") ?? NoSandbox,
        Tools = json.OptionalMap("tools"),
        Programs = json.OptionalMap("programs"),
        Url = json.OptionalText("url"),
        Passed = json.OptionalTexts("passed"),
        Limits = json.OptionalMap("limits"),
        Retries = Count(json, "retries", 0, least: 0),
        Log = json.OptionalText("log") is { } log ? Reference<Log>.Parse(log) : null,
        Revision = json.OptionalText("revision"),
        Dirty = json.Find("dirty") is null ? null : json.Flag("dirty"),
        Resumed = json.Find("resumed") is null ? null : Resumption.FromJson(json.Object("resumed")),
    };

    // The usual value is left out.
    static int Count(JsonValue.Object json, string name, int usual, int least) => json.Find(name) is null ? usual : json.Count(name, least);

    // Half of what a canonical record can hold: the numbers that follow can be written too.
    internal const long MostOrder = 1L << 52;

    internal static string Utc(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset FromUtc(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time)
            && time.Year is >= FirstYear and <= LastYear
            ? time
            : throw new FormatException(
                $"'{text}' is no time of the form 2026-11-22T10:00:00.000Z, or not in the years {FirstYear} to {LastYear}");

    // A clock that was never set begins in 1970.
    const int FirstYear = 1970, LastYear = 2999;
}

/// <summary>A run that completed: it gave a tree. An adopted one did not take place, and counts as one that did.</summary>
public sealed record Run(RunFacts Facts, Reference<Tree> Tree) : IRecord<Run>
{
    public static string Format => "lightnix/run/2";

    public static bool Reads(string format) => format is "lightnix/run/1" or "lightnix/run/2" || Adoption.Reads(format);

    public string OwnFormat => Adopted is null ? Facts.FormatOf("run") : Adopted.Format;

    /// <summary>Where the result was taken from; null for a run that took place.</summary>
    public Adoption? Adopted { get; init; }

    public Reference<Realization> Realization => new Realization(Facts.Resolved, Tree).Reference();

    public bool HasNumberOf(Run other) => Facts.Replicate == other.Facts.Replicate && Facts.Attempt == other.Facts.Attempt;

    public JsonValue.Object ToJson()
    {
        var json = Facts.ToJson().With("tree", Tree.ToString());
        return Adopted is null ? json : json.With("adopted", Adopted.ToJson());
    }

    public static Run FromJson(JsonValue.Object json) => new(RunFacts.FromJson(json), Reference<Model.Tree>.Parse(json.Text("tree")))
    {
        Adopted = Adoption.Reads(json.Text("format")) ? Adoption.FromJson(json.Object("adopted")) : null,
    };
}

/// <summary>A run that failed: it has no tree, is never matched and never shared.</summary>
/// <param name="ExitCode">Of the builder; null when it never had one (refused output, a wrong hash, a time limit).</param>
/// <param name="Reason">One sentence.</param>
public sealed record Failure(RunFacts Facts, int? ExitCode, string Reason) : IRecord<Failure>
{
    public static string Format => "lightnix/failure/2";

    public static bool Reads(string format) => format is "lightnix/failure/1" or "lightnix/failure/2";

    public string OwnFormat => Facts.FormatOf("failure");

    public JsonValue.Object ToJson()
    {
        var json = Facts.ToJson().With("reason", Reason);
        return ExitCode is { } code ? json.With("exitCode", code) : json;
    }

    public static Failure FromJson(JsonValue.Object json) =>
        new(RunFacts.FromJson(json), json.Find("exitCode") is null ? null : (int)json.Integer("exitCode", int.MinValue, int.MaxValue),
            json.Text("reason"));
}
