using System.Collections.Immutable;

namespace Lightnix.Planning;

/// <summary>The kinds of machine that a stage may ask for: .NET's portable runtime identifiers.</summary>
static class Platforms
{
    static readonly ImmutableArray<string> Systems = ["freebsd", "linux", "linux-musl", "osx", "win"];
    static readonly ImmutableArray<string> Processors = ["arm", "arm64", "loongarch64", "ppc64le", "riscv64", "s390x", "x64", "x86"];

    public static ImmutableArray<string> All { get; } = [.. Systems.SelectMany(system => Processors.Select(processor => $"{system}-{processor}"))];
}
