namespace Lightnix.Benchmarks;

/// <summary>Stages that do nothing but write a line, with a promise each.</summary>
sealed class LightnixProject : IContestant
{
    readonly Arena arena;

    public LightnixProject(Arena arena, SdkPackage sdk, int stages)
    {
        this.arena = arena;
        Folder = arena.NewFolder($"lightnix-{stages}");
        DotnetFolder.Prepare(Folder, sdk.Feed);

        var text = new StringBuilder($"<Project Sdk=\"Lightnix.Sdk/{sdk.Version}\">\n  <ItemGroup>\n");
        for (var stage = 1; stage <= stages; stage++)
            text.Append($"    <Stage Include=\"s{stage}\" Command=\"echo {stage} > @{{out}}/line\" />\n")
                .Append($"    <Promise Include=\"line\" Stage=\"s{stage}\" />\n");
        File.WriteAllText(Path.Combine(Folder, "bench.lnproj"), text.Append("  </ItemGroup>\n</Project>\n").ToString());
    }

    public string Name => "Lightnix";

    public string Folder { get; }

    public IReadOnlyList<string> Command { get; } = ["dotnet", "build", "bench.lnproj"];

    public void Forget()
    {
        Arena.Delete(arena.Store);
        Arena.Delete(Path.Combine(Folder, "bin"));
        Arena.Delete(Path.Combine(Folder, "obj"));
    }
}
