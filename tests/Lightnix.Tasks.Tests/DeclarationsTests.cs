using Lightnix.Planning;
using Lightnix.Realizing;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

public sealed class DeclarationsTests
{
    [Fact]
    public void Each_stage_gets_the_build_of_its_program_that_it_asked_for()
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
    public void A_program_has_no_stages_that_could_be_named()
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
    public void Metadata_arrive_as_written()
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
    public void The_store_is_below_the_home_of_the_build_and_holds_no_sources()
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
    public void The_path_of_a_program_is_what_MSBuild_reads()
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
