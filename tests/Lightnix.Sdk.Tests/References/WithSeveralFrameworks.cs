namespace Lightnix.Sdk;

/// <summary>
/// A C# library for two frameworks, with a stage whose builder is a program, beside a data project, referenced by an application: by an Sdk
/// element,
/// which a restore knows too.
/// </summary>
public sealed class WithSeveralFrameworks : Playground
{
    [Fact]
    public void A_stage_is_realized_once_for_all_of_them()
    {
        WriteProjects();

        Succeed("build", "app", "-tl:off");
        Assert.Contains("0.875 trained a,b", Dotnet(PathOf("app", "bin", "Debug", "net10.0", "app.dll")).Text, StringComparison.Ordinal);

        // All frameworks, in parallel; then the application again, as an isolated graph.
        Succeed("build", "library", "-tl:off", "--no-restore", "-m:2", "-t:Rebuild");
        // Nothing of the program beside the promised file, and that one everywhere.
        Assert.All(["library/bin/Debug/net10.0", "library/bin/Debug/net9.0", "app/bin/Debug/net10.0"], folder =>
        {
            Assert.Equal("trained", Read($"{folder}/weights.txt"));
            Assert.Equal("a,b\n", Read($"{folder}/table.csv"));
            Assert.False(Has($"{folder}/settings.json") || Has($"{folder}/Trainer.dll"));
        });
        var graph = Succeed("build", "app", "-tl:off", "--no-restore", "-graph", "-isolate");
        Assert.True(graph.Says("1 stage: all reused, nothing to run") && graph.Says("Release-net10.0-windows"), graph.ToString());
        Assert.Equal(1, Lines("runs"));

        var plan = Succeed("msbuild", "library", "-t:LightnixPlan", "-tl:off", "-v:m");
        Assert.True(plan.Says("all reused, nothing would run"), plan.ToString());
        Succeed("clean", "library", "-tl:off", "-f", "net9.0");
        Assert.True(Has("library/bin/lightnix/weights"));
        Succeed("clean", "library", "-tl:off");
        Assert.False(Has("library/bin/lightnix/weights"));
    }

    void WriteProjects()
    {
        // A graph builds it for both, whatever the stage says.
        Write("Trainer/Trainer.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
              <EnableWindowsTargeting>true</EnableWindowsTargeting>
              <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads></PropertyGroup>
              <ItemGroup><None Include="settings.json" CopyToOutputDirectory="PreserveNewest" /></ItemGroup>
            </Project>
            """);
        Write("Trainer/settings.json", "{}");
        Write("Trainer/Program.cs", $$"""
            System.IO.File.WriteAllText(args[0] + "/weights.txt", "trained");
            System.IO.File.WriteAllText(args[0] + "/metrics.json", "{ \"auc\": 0.875 }");
            System.IO.File.AppendAllText("{{PathOf("runs")}}", "x\n");
            """);
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("prepare", "echo a,b > @{out}/table.csv")
            .Promise("prepare", "table.csv", ("CopyToOutputDirectory", "IfDifferent")));
        // The references of net10.0 serve as those of net9.0, which need not be installed.
        Write("library/library.csproj", $$"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Lightnix.Sdk" Version="{{World.SdkVersion}}" />
              <PropertyGroup>
                <TargetFrameworks>net10.0;net9.0</TargetFrameworks><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <LightnixGenerateClass>true</LightnixGenerateClass>
                <DisableImplicitFrameworkReferences Condition="'$(TargetFramework)' == 'net9.0'">true</DisableImplicitFrameworkReferences>
              </PropertyGroup>
              <ItemGroup>
                <Reference Condition="'$(TargetFramework)' == 'net9.0'"
                      Include="$(NetCoreTargetingPackRoot)/Microsoft.NETCore.App.Ref/$(BundledNETCoreAppPackageVersion)/ref/net10.0/*.dll"
                      Private="false" />
                <ProjectReference Include="../data/data.lnproj" />
                <Stage Include="weights" Program="../Trainer/Trainer.csproj" ProgramFramework="net10.0" Arguments="@{out}" />
                <Promise Include="weights.txt" Stage="weights" OutputItemType="AdditionalFiles" CopyToOutputDirectory="IfDifferent" />
                <Promise Include="metrics.json" Stage="weights" Type="Json" Pointer="/auc" />
              </ItemGroup>
            </Project>
            """);
        Write("library/Score.cs", """
            public static class Score
            {
                public static string Text => Of(library.Stages.Weights.MetricsAuc) + " "
                    + System.IO.File.ReadAllText(library.Stages.Weights.WeightsTxt) + " "
                    + System.IO.File.ReadAllText(library.Stages.Prepare.TableCsv);
                static string Of(double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            """);
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../library/library.csproj"));
        Write("app/Program.cs", "System.Console.WriteLine(Score.Text);");
    }
}
