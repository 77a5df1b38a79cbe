namespace Lightnix.Sdk;

/// <summary>Tools that write C#, on promised C# of own stages and of a referenced data project. Root may write anywhere.</summary>
public sealed class ToolsThatWrite : Playground
{
    const string Given = "data/obj/lightnix/items/data.lnproj/given/Given.cs";
    const string Own = "app/obj/lightnix-stages/items/app.csproj/own/Own.cs";

    [Fact]
    public void Write_nothing_into_the_store_and_pass_generated_code_over()
    {
        WriteProjects();
        Succeed("build", "app", "-tl:off");

        // Where the project asks for mapped paths, no path of the machine is compiled in.
        var where = Dotnet(PathOf("app", "bin", "Debug", "net10.0", "app.dll")).Text.Split('\n')[1];
        Assert.Matches("^/_1?/data/obj/.*/Given.cs /_1?/app/obj/.*/Own.cs$", where.Trim());
        foreach (var file in (string[])["app.dll", "app.pdb"])
        {
            var bytes = File.ReadAllText(PathOf("app", "bin", "Debug", "net10.0", file), Encoding.Latin1);
            Assert.DoesNotContain("/store/trees/", bytes, StringComparison.Ordinal);
        }

        Succeed("format", "app/app.csproj", "--no-restore", "--verify-no-changes");
        // Somebody means it.
        Succeed("format", "whitespace", "app/app.csproj", "--no-restore", "--include-generated");
        foreach (var file in (string[])[Given, Own])
            File.AppendAllText(PathOf(file.Split('/')), "// edited");

        Succeed("build", "app", "-tl:off", "--no-restore", "-p:LightnixVerify=true");
        Assert.Contains("class   Given", Read(Given), StringComparison.Ordinal);
        Assert.DoesNotContain("edited", Read(Own), StringComparison.Ordinal);
        Assert.Equal(2, Lines("runs"));
    }

    void WriteProjects()
    {
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Stage("given", $"printf '{Code("Given")}' > @{{out}}/Given.cs; echo x >> {PathOf("runs")}")
            .Promise("given", "Given.cs", ("OutputItemType", "Compile")));
        // Annotations in generated code are no warning; warnings are errors.
        Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Lightnix.Sdk" Version="{World.SdkVersion}" />
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost>
                <Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <DeterministicSourcePaths>true</DeterministicSourcePaths>
                <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><AnalysisLevel>latest-all</AnalysisLevel>
                <NoWarn>CA1303;CA1515;CA1812;CA1852</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <SourceRoot Include="{Root}/" />
                <ProjectReference Include="../data/data.lnproj" />
                <Stage Include="own" Command="printf '{Code("Own")}' > @{"{out}"}/Own.cs; echo x >> {PathOf("runs")}" />
                <Promise Include="Own.cs" Stage="own" OutputItemType="Compile" />
              </ItemGroup>
            </Project>
            """);
        Write("app/Program.cs", "System.Console.WriteLine($\"{Given.Where()} {Own.Where()}\");\n");
    }

    static string Code(string name) => $$"""
        public static class   {{name}} {   public static string? Where() => At();
            static string? At([System.Runtime.CompilerServices.CallerFilePath] string? path = null) { return path; } }
        """;
}
