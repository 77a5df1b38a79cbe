namespace Lightnix.Sdk;

/// <summary>
/// A generator of somebody else's that compares times, as Grpc.Tools does, on promised files of own stages and of a referenced data
/// project.
/// </summary>
public sealed class ToolsThatCompareTimes : Playground
{
    [Fact]
    public void Follow_each_result_also_back_to_a_former_one()
    {
        WriteProjects();

        Assert.Equal("1 1 1", Build("build", "app"));
        Assert.Equal("2 2 2", Build("build", "app", text: "2"));
        Assert.Equal("1 1 1", Build("build", "app", "-graph", text: "1"));
        Assert.Equal("2 2 2", Build("build", "app", "-t:Rebuild", text: "2"));
        Assert.Equal("1 1 1", Build("build", "app", "--no-incremental", text: "1"));
        var unchanged = Succeed("build", "app", "-tl:off", "--no-restore");
        Assert.False(unchanged.Says("generated "), unchanged.ToString());

        Succeed("clean", "app", "-tl:off");
        Assert.DoesNotContain(Directory.EnumerateFiles(Root, "*.oracle", SearchOption.AllDirectories),
            f => f.Contains("/obj/", StringComparison.Ordinal));
        Assert.Equal("2 2 2", Build("build", "app", text: "2"));
        Assert.Equal(4, Lines("runs"));
    }

    string Build(string verb, string project, string? option = null, string text = "1")
    {
        Write("data/text", text);
        Write("app/text", text);
        Succeed([verb, project, "-tl:off", .. option is null ? (string[])[] : [option]]);
        return Dotnet(PathOf("app", "bin", "Debug", "net10.0", "app.dll")).Text.Split('\n')[1].Trim();
    }

    void WriteProjects()
    {
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "text")
            .Stage("made", $"cp text @{{out}}/given.oracle; echo x >> {PathOf("runs")}")
            .Promise("made", "given.oracle", ("OutputItemType", "Oracle")));
        // Here the reference says the item type.
        Write("more/more.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "../data/text", ("Link", "text"))
            .Stage("more", "cp text @{out}/asked.oracle")
            .Promise("more", "asked.oracle", ("CopyToOutputDirectory", "IfDifferent")));
        Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Lightnix.Sdk" Version="{World.SdkVersion}" />
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../data/data.lnproj" />
                <ProjectReference Include="../more/more.lnproj" Targets="GetLightnixArtifacts" OutputItemType="Oracle"
                      ReferenceOutputAssembly="false" />
                <Stage Include="own" Command="cp text @{"{out}"}/own.oracle; echo x >> {PathOf("runs")}" />
                <Source Include="text" Stage="own" />
                <Promise Include="own.oracle" Stage="own" OutputItemType="Oracle" />
              </ItemGroup>
              <Target Name="FindOracles" DependsOnTargets="_UseStages;ResolveProjectReferences" />
              <Target Name="Generate" BeforeTargets="CoreCompile" DependsOnTargets="FindOracles" Inputs="@(Oracle)"
                    Outputs="$(IntermediateOutputPath)%(Oracle.Filename).txt">
                <Copy SourceFiles="@(Oracle)" DestinationFiles="$(IntermediateOutputPath)%(Oracle.Filename).txt" />
                <Touch Files="$(IntermediateOutputPath)%(Oracle.Filename).txt" />
                <Message Importance="high" Text="generated %(Oracle.Filename)" />
              </Target>
              <Target Name="Embed" BeforeTargets="CoreCompile" AfterTargets="Generate">
                <ItemGroup><_CoreCompileResourceInputs Include="@(Oracle->'$(IntermediateOutputPath)%(Filename).txt')"
                      LogicalName="%(Filename)" WithCulture="false" /></ItemGroup>
              </Target>
            </Project>
            """);
        Write("app/Program.cs", """
            using System;
            using System.IO;
            Console.WriteLine($"{Text("own")} {Text("given")} {Text("asked")}");
            static string Text(string name) => new StreamReader(typeof(Program).Assembly.GetManifestResourceStream(name)!).ReadToEnd();
            """);
    }
}
