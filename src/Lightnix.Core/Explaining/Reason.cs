namespace Lightnix.Explaining;

/// <summary>Why a build would run a stage, or cannot: values, of which plans, builds and the tool make their sentences.</summary>
public sealed record Reason
{
    const int MostNames = 5;

    /// <summary>Why it would fail, as sentences.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>What differs from the last selection of the stage, for its builder; the most important first.</summary>
    public ImmutableArray<Cause> Changes { get; init; } = [];

    /// <summary>What differs in its promises and its matcher.</summary>
    public ImmutableArray<Cause> Rules { get; init; } = [];

    /// <summary>What the matcher lacks, a sentence; null where it is not known, or nothing is lacking.</summary>
    public string? Lacks { get; init; }

    /// <summary>Inputs that are not up to date: what they will give is not known, or they would fail.</summary>
    public ImmutableArray<StageName> Waits { get; init; } = [];

    /// <summary>Runs that the matcher wants now; where an input is not up to date, those that it would want of a new stage.</summary>
    public int Runs { get; init; }

    /// <summary>What the last selection of the stage is of: its runs show how long a run takes. Null where there is none.</summary>
    public Reference<Resolved>? Former { get; init; }

    /// <summary>Nothing would run.</summary>
    public static Reason None { get; } = new();

    public static Reason Of(params ImmutableArray<string> problems) => new() { Problems = problems };

    /// <summary>Sentences, the most important first.</summary>
    public ImmutableArray<string> Sentences =>
    [
        .. Main,
        .. Rules.Select(c => c.ToString()),
        .. Waits.IsEmpty || !Problems.IsEmpty ? [] : new[] { $"it needs {Listed.First(MostNames, Waits.Select(w => w.ToString()))}" },
    ];

    /// <summary>What is wrong or lacking, whatever changed.</summary>
    public ImmutableArray<string> Wrong => [.. Problems, .. Lacks is not null && Problems.IsEmpty ? new[] { Lacks } : []];

    /// <summary>The same in a few words, for one line.</summary>
    public string Brief => Main switch
    {
        [] => "",
        [var first, ..] when !Problems.IsEmpty => first,
        [var only] => only,
        [var first, .. var more] => string.Create(CultureInfo.InvariantCulture,
            $"{first}, and {more.Length} more {(more.Length == 1 ? "change" : "changes")}"),
    };

    /// <summary>Changes that the inputs do not explain whose stages changed too.</summary>
    /// <param name="isChanged">True for the folders of such inputs below <c>in/</c>, by their name without regard to case.</param>
    internal IEnumerable<Cause> Own(Func<string, bool> isChanged) =>
        Changes.Where(c => !c.IsInput || !Folders(c.Path!).Any(isChanged)).Concat(Rules);

    ImmutableArray<string> Main =>
    [
        .. Problems,
        .. Changes.Select(c => c.ToString()),
        .. Changes.IsEmpty && Lacks is not null ? new[] { Lacks } : [],
    ];

    public JsonValue.Object ToJson() => JsonValue.Object.Empty.With("runs", Runs)
        .WithOptional("problems", JsonValue.Texts(Problems).Items)
        .WithOptional("changes", Changes.Select(c => c.ToJson())).WithOptional("rules", Rules.Select(c => c.ToJson()))
        .WithOptional("lacks", Lacks).WithOptional("waits", JsonValue.Texts(Waits.Select(w => w.ToString())).Items)
        .WithOptional("former", Former?.ToString());

    /// <exception cref="FormatException">A member is missing or has another kind.</exception>
    internal static Reason FromJson(JsonValue.Object json) => new()
    {
        Runs = (int)json.Integer("runs", 0, int.MaxValue),
        Problems = json.OptionalTexts("problems"),
        Changes = [.. json.OptionalObjects("changes").Select(Cause.FromJson)],
        Rules = [.. json.OptionalObjects("rules").Select(Cause.FromJson)],
        Lacks = json.OptionalText("lacks"),
        Waits = [.. json.OptionalTexts("waits").Select(StageName.ParseOfAny)],
        Former = json.OptionalText("former") is { } former ? Reference<Resolved>.Parse(former) : null,
    };

    static IEnumerable<string> Folders(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }
}
