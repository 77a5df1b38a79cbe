namespace Lightnix.Benchmarks;

/// <summary>A project that builds nothing, on the usual SDK for such projects: what a second build costs anyway.</summary>
sealed class EmptyNoTargets : IContestant
{
    const string Version = "3.7.0";

    public EmptyNoTargets(Arena arena, SdkPackage sdk)
    {
        Folder = arena.NewFolder("notargets");
        DotnetFolder.Prepare(Folder, sdk.Feed);
        File.WriteAllText(Path.Combine(Folder, "empty.proj"), $"""
            <Project Sdk="Microsoft.Build.NoTargets/{Version}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>

            """);
    }

    public string Name => $"empty Microsoft.Build.NoTargets {Version}";

    public string Folder { get; }

    public IReadOnlyList<string> Command { get; } = ["dotnet", "build", "empty.proj"];

    public void Forget()
    {
    }
}
