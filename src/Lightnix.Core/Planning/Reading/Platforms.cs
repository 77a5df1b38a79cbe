namespace Lightnix.Planning;

/// <summary>The kinds of machine that a stage may ask for: .NET's portable runtime identifiers.</summary>
static class Platforms
{
    static readonly ImmutableArray<string> Systems = ["freebsd", "linux", "linux-musl", "osx", "win"];
    static readonly ImmutableArray<string> Processors = ["arm", "arm64", "loongarch64", "ppc64le", "riscv64", "s390x", "x64", "x86"];

    public static ImmutableArray<string> All { get; } =
        [.. Systems.SelectMany(system => Processors.Select(processor => $"{system}-{processor}"))];

    // What other tools call the same machines.
    static readonly ImmutableArray<(string Theirs, string Ours)> Aliases =
        [("x86_64", "x64"), ("amd64", "x64"), ("aarch64", "arm64"), ("windows", "win"), ("macos", "osx"), ("darwin", "osx")];

    /// <summary>The one that was probably meant, or null.</summary>
    public static string? Nearest(string text) => Spelling.Nearest(
        Aliases.Aggregate(text.Replace('/', '-'),
            (all, alias) => all.Replace(alias.Theirs, alias.Ours, StringComparison.OrdinalIgnoreCase)), All);
}
