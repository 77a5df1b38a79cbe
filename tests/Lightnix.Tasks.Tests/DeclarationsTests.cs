using Lightnix.Planning;
using Lightnix.Realizing;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

public sealed class DeclarationsTests
{
    [Fact]
    public void EachStageGetsTheBuildOfItsProgramThatItAskedFor()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Stage Include="a" Program="../T/T.csproj" />
                <Stage Include="b" Program="../T/T.csproj" ProgramConfiguration="Debug" />
                <Stage Include="c" Program="../T/T.csproj" ProgramFramework="net10.0" />
              </ItemGroup>
            </Project>
            """);
        var task = project.Task<RealizeStages>();
        task.Programs = [Built("", "", "Release"), Built("Debug", "", "Debug")];

        var programs = new Declarations(task).Request([], BuildMode.Build, 1).Programs;

        Assert.Equal("Release", Path.GetFileName(programs[new("../T/T.csproj")].Folder));
        Assert.Equal("Debug", Path.GetFileName(programs[new("../T/T.csproj", "Debug")].Folder));
        Assert.Equal("T.dll", programs[new("../T/T.csproj")].Entry);
        Assert.False(programs.ContainsKey(new("../T/T.csproj", null, "net10.0")));

        TaskItem Built(string configuration, string framework, string folder) =>
            new(Path.Combine(project.Directory, folder, "T.dll"), new Dictionary<string, string>
            {
                [MetadataNames.MSBuildSourceProjectFile] = Path.GetFullPath("../T/T.csproj", project.Directory),
                [Names.ProgramConfiguration] = configuration,
                [Names.ProgramFramework] = framework,
            });
    }

    [Fact]
    public void AProgramHasNoStagesThatCouldBeNamed()
    {
        using var project = new TempProject("<Project />");
        var task = project.Task<RealizeStages>();
        bool HasMore() => new Declarations(task).Request([], BuildMode.Build, 1).Project.HasMoreReferences;

        task.Project.SetMetadata(nameof(ProjectDescription.ReferenceCount), "0");
        Assert.False(HasMore());

        task.Project.SetMetadata(nameof(ProjectDescription.ReferenceCount), "1");
        Assert.True(HasMore());
    }

    [Fact]
    public void MetadataArriveAsWritten()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Stage Include="a" Command="printf '%02d %10s' 7 x; echo %24(pwd)" />
              </ItemGroup>
            </Project>
            """);

        var stage = Assert.Single(new Declarations(project.Task<RealizeStages>()).Items);

        Assert.Equal("printf '%02d %10s' 7 x; echo %24(pwd)", stage.Find("Command"));
        Assert.Equal(["Command"], stage.Metadata.Keys);
    }

    [Fact]
    public void TheStoreIsBelowTheHomeOfTheBuildAndHoldsNoSources()
    {
        using var project = new TempProject("<Project />");
        var task = project.Task<RealizeStages>();
        task.TaskEnvironment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", project.Directory);
        task.Project.SetMetadata(nameof(ProjectDescription.Store), "~/x");

        var request = new Declarations(task).Request([], BuildMode.Build, 1);

        Assert.Equal(Path.Combine(project.Directory, "x"), request.Store);
        Assert.Contains(request.Store, request.Project.NeverSources);
    }

    [Fact]
    public void ThePathOfAProgramIsWhatMSBuildReads()
    {
        using var project = new TempProject("""
            <Project>
              <ItemGroup>
                <Stage Include="a" Program="../My%20T%24/T.csproj" />
              </ItemGroup>
            </Project>
            """);

        var stage = Assert.Single(new Declarations(project.Task<RealizeStages>()).Items);

        Assert.Equal("../My T$/T.csproj", Escapes.Decode(stage.Find("Program")!));
    }
}
