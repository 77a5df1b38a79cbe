namespace Lightnix.Benchmarks;

/// <summary>The ancestor: one derivation a stage, each a shell that writes a line.</summary>
sealed class NixBuild : IContestant
{
    readonly int stages;
    int generation;

    public NixBuild(Arena arena, int stages)
    {
        this.stages = stages;
        Folder = arena.NewFolder($"nix-{stages}");
        Forget();
    }

    public static bool IsInstalled => ProgramPath.Has("nix-build");

    public string Name => "nix-build";

    public string Folder { get; }

    public IReadOnlyList<string> Command { get; } = ["nix-build", "--no-out-link", "-j2"];

    /// <summary>The machine's own Nix store is not ours to empty: derivations that it has never seen are as good.</summary>
    public void Forget() => File.WriteAllText(Path.Combine(Folder, "default.nix"), $$"""
        builtins.genList (i: derivation {
          name = "s${toString i}";
          system = builtins.currentSystem;
          builder = "/bin/sh";
          args = [ "-c" "echo ${toString i} > $out" ];
          salt = "{{Path.GetFileName(Path.GetDirectoryName(Folder))}}-{{++generation}}";
        }) {{stages}}

        """);
}
