using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>What the next run of a stage would be, as its project declares it now: a plan hands it to the tool, which opens a shell
/// there.</summary>
public sealed record PresentRun(Derivation Derivation, Resolved Resolved)
{
    /// <summary>What it would read.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<Reference<Realization>>> Context { get; init; }

    /// <summary>Of the first replicate.</summary>
    public required int Seed { get; init; }

    public ImmutableArray<string> Passed { get; init; } = [];

    /// <inheritdoc cref="RunFacts.Limits"/>
    public ImmutableSortedDictionary<string, string> Limits { get; init; } = Derivation.NoTexts;

    /// <inheritdoc cref="RunFacts.Tools"/>
    public ImmutableSortedDictionary<string, string> Tools { get; init; } = Derivation.NoTexts;

    /// <summary>Where each source is now, absolute, by its path.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = Derivation.NoTexts;

    /// <summary>The output of its program, absolute; null: it has none.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>Null for a stage that runs nothing.</summary>
    public static PresentRun? Of(PlannedStage stage, RunOrder order) => !stage.Derivation.Builder.Runs ? null
        : new(stage.Derivation, order.Resolved)
        {
            Context = ChosenInput.ContextOf(order.Inputs),
            Seed = Model.Seed.Of(stage.Derivation.Seed ?? stage.SeedName, order.Next.Replicate),
            Passed = stage.Execution.PassEnvironment,
            Limits = RunDraft.Limits(stage.Execution),
            Tools = order.Tools,
            Sources = stage.Sources.ToImmutableSortedDictionary(s => s.Entry.Path.ToString(), s => s.File, Utf8Order.Instance),
            ProgramFolder = stage.Program?.Folder,
        };

    /// <summary>JSON in one line.</summary>
    public string ToText() => CanonicalJson.ToText(JsonValue.Object.Empty
        .With("derivation", Derivation.ToJson()).With("resolved", Resolved.ToJson())
        .With("context", JsonValue.Object.Of(Context, c => JsonValue.Texts(c.Select(r => r.ToString()))))
        .With("seed", Seed).WithOptional("passed", JsonValue.Texts(Passed).Items).WithOptional("limits", Limits)
        .WithOptional("tools", Tools).WithOptional("sources", Sources).WithOptional("program", ProgramFolder));

    /// <exception cref="FormatException">The text is not one of <see cref="ToText"/>.</exception>
    public static PresentRun Parse(string text)
    {
        if (!JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out var value, out _) || value is not JsonValue.Object json)
            throw new FormatException($"'{Visible.Cut(text, 100)}' is no run of a stage");
        var context = json.Object("context");
        return new(Derivation.FromJson(json.Object("derivation")), Resolved.FromJson(json.Object("resolved")))
        {
            Context = context.Members.Keys.ToImmutableSortedDictionary(k => k,
                k => context.OptionalTexts(k).Select(Reference<Realization>.Parse).ToImmutableArray(), Utf8Order.Instance),
            Seed = (int)json.Integer("seed", 0, int.MaxValue),
            Passed = json.OptionalTexts("passed"),
            Limits = json.OptionalMap("limits"),
            Tools = json.OptionalMap("tools"),
            Sources = json.OptionalMap("sources"),
            ProgramFolder = json.OptionalText("program"),
        };
    }

    /// <summary>The run as the store would know it. A replicate keeps the seed that it had.</summary>
    /// <param name="history">Of its resolved derivation.</param>
    /// <param name="sandbox">The name of the sandbox, or <see cref="RunFacts.NoSandbox"/>.</param>
    public RunFacts Facts(History history, Host host, string sandbox, DateTimeOffset now) => new()
    {
        Resolved = Resolved.Reference(),
        Derivation = Derivation.Reference(),
        Context = Context,
        Seed = history.SeedOf(1) ?? Seed,
        Order = history.NextOrder,
        Nonce = "",
        Start = now,
        End = now,
        Host = host,
        Sandbox = sandbox,
        Tools = Tools,
        Passed = Passed,
        Limits = Limits,
    };
}
