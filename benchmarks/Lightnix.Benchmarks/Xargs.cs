namespace Lightnix.Benchmarks;

/// <summary>The same work with nothing around it: a shell for each line, two at a time.</summary>
sealed class Xargs : IContestant
{
    public Xargs(Arena arena, int stages)
    {
        Folder = arena.NewFolder($"xargs-{stages}");
        var lines = Enumerable.Range(1, stages).Select(stage => stage.ToString(CultureInfo.InvariantCulture) + "\n");
        File.WriteAllText(Path.Combine(Folder, "stages.txt"), string.Concat(lines));
    }

    public static bool IsInstalled => ProgramPath.Has("xargs") && ProgramPath.Has("sh");

    public string Name => "xargs -P2 sh -c";

    public string Folder { get; }

    public IReadOnlyList<string> Command { get; } =
        ["sh", "-c", "xargs -P2 -I{} sh -c 'mkdir -p out/s{} && echo {} > out/s{}/line' < stages.txt"];

    public void Forget() => Arena.Delete(Path.Combine(Folder, "out"));
}
