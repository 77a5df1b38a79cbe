using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Realizing;

/// <summary>The switches of a build as they were written, each named as its property without <c>Lightnix</c>; empty: not set.</summary>
public sealed record Switches
{
    static readonly ImmutableArray<string> Sandboxes = ["Auto", "Required", "None"];
    static readonly ImmutableArray<string> PlanTargets = ["Build", "LightnixRun"];

    public string LockedMode { get; init; } = "";
    public string UseLockFile { get; init; } = "";
    public string Verify { get; init; } = "";
    public string KeepWorkspace { get; init; } = "";
    public string KeepSources { get; init; } = "";
    public string Adopted { get; init; } = "";
    public string AdoptInputsToo { get; init; } = "";
    public string AdoptWrites { get; init; } = "";
    public string MaxParallel { get; init; } = "";
    public string Sandbox { get; init; } = "";

    /// <summary>Only MSBuild reads this and the next two, and takes any other text for <c>false</c>: so they are checked.</summary>
    public string ProjectCache { get; init; } = "";

    public string GenerateClass { get; init; } = "";

    public string Report { get; init; } = "";

    /// <summary>What a plan is of; empty: a build.</summary>
    public string PlanTarget { get; init; } = "";

    /// <summary>LNX1016 for each value that means nothing.</summary>
    public ImmutableArray<Diagnostic> Problems =>
    [
        .. new[]
        {
            Flag(nameof(LockedMode), LockedMode),
            Flag(nameof(UseLockFile), UseLockFile, "'true', 'false', or empty: then a lock file is used where there is one"),
            Flag(nameof(Verify), Verify),
            Flag(nameof(KeepWorkspace), KeepWorkspace),
            Word(nameof(KeepSources), KeepSources, Enum.GetNames<KeepSources>()),
            MaxParallel.Length == 0 || Number(MaxParallel) > 0 ? null
                : BuildErrors.WrongSwitch(nameof(MaxParallel), MaxParallel, "a whole number from 1, or empty: as many as cores allow"),
            Word(nameof(Sandbox), Sandbox, Sandboxes),
            Word(nameof(Adopted), Adopted, Enum.GetNames<AdoptedResults>()),
            Flag(nameof(AdoptInputsToo), AdoptInputsToo),
            Flag(nameof(AdoptWrites), AdoptWrites),
            Flag(nameof(ProjectCache), ProjectCache),
            Flag(nameof(GenerateClass), GenerateClass),
            Flag(nameof(Report), Report),
            Word(nameof(PlanTarget), PlanTarget, PlanTargets),
        }.OfType<Diagnostic>(),
    ];

    /// <summary>Cores that the runs of these stages may take at once; 0: as many as there are.</summary>
    public int CoresOf(IEnumerable<DeclaredItem> items) => (int)Math.Min(int.MaxValue, Number(MaxParallel) * items
        .Where(i => i.Kind == ItemKind.Stage).Select(i => (long)Number(i.Find(Names.Cores) ?? "")).Append(1).Max());

    /// <summary>True or false; null where the text is empty or neither.</summary>
    public static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        _ => null,
    };

    /// <summary>What becomes of adopted results; a text that means nothing was reported.</summary>
    public static AdoptedResults Results(string text) => Read(text, AdoptedResults.Allow);

    /// <summary>Which sources are kept; a text that means nothing was reported, and counts as <c>All</c>.</summary>
    public static KeepSources Kept(string text) => Read(text, Storage.KeepSources.All);

    /// <summary>The limit of <see cref="MaxParallel"/>; 0: none.</summary>
    public static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static T Read<T>(string text, T otherwise) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;

    static Diagnostic? Word(string name, string text, IReadOnlyCollection<string> words) =>
        text.Length == 0 || words.Contains(text, StringComparer.OrdinalIgnoreCase) ? null
            : BuildErrors.WrongSwitch(name, text, Wording.Or(words.Select(w => $"'{w}'")));

    static Diagnostic? Flag(string name, string text, string right = "'true' or 'false'") =>
        text.Length == 0 || Flag(text) is not null ? null : BuildErrors.WrongSwitch(name, text, right);
}
