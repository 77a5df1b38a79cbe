using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>The version of a shim's program that a stage chooses, by variables (<c>PYENV_VERSION</c>) and files (<c>.python-version</c>).
/// Values other than versions are ignored, because a path would choose the program that runs outside of the sandbox.</summary>
sealed partial class VersionChoice
{
    static readonly ImmutableArray<string> Names =
        [".tool-versions", ".python-version", ".ruby-version", ".node-version", ".nvmrc", ".go-version", ".java-version", ".perl-version",
            "rust-toolchain"];

    const int Largest = 4096;

    /// <summary>The choice of the user.</summary>
    public static VersionChoice None { get; } = new(Model.Derivation.NoTexts, Model.Derivation.NoTexts);

    VersionChoice(ImmutableSortedDictionary<string, string> variables, ImmutableSortedDictionary<string, string> files) =>
        (Variables, Files) = (variables, files);

    public ImmutableSortedDictionary<string, string> Variables { get; }

    /// <summary>By name in the working folder.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; }

    public string Key => string.Join('\n', Variables.Concat(Files).Select(c => $"{c.Key}={c.Value}"));

    public static VersionChoice Of(string workingFolder, IReadOnlyDictionary<string, string> environment) => new(
        environment.Where(v => Variable().IsMatch(v.Key) && IsPlain(v.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal),
        Names.Select(n => KeyValuePair.Create(n, TextOf(Path.Combine(workingFolder, n)))).Where(f => f.Value is not null)
            .ToImmutableSortedDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal));

    static string? TextOf(string path) =>
        new FileInfo(path) is { LinkTarget: null } && SmallFile.Read(path, Largest) is { } text
            && text.Split('\n').All(l => IsPlain(l.Split('#')[0])) ? text : null;

    static bool IsPlain(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(w => Version().IsMatch(w));

    [GeneratedRegex(@"^(?:[A-Z]+ENV_VERSION|(?:ASDF|MISE)_[A-Z0-9_]+_VERSION|RUSTUP_TOOLCHAIN)$", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    /// <summary>As <c>3.11.7</c>, <c>ref:v1.0</c>, <c>3.11.7/envs/train</c>; neither <c>../x</c> nor <c>path:/x</c>.</summary>
    [GeneratedRegex(@"\A(?!path:)[A-Za-z0-9][\w.+:@=~^-]*(?<!:)(?:/[A-Za-z0-9][\w.+:@-]*(?<!:))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
