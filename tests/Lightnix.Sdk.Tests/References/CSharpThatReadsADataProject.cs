namespace Lightnix.Sdk;

/// <summary>
/// A C# project whose own stage reads a stage of a data project that it references, for one target framework and for several.
/// </summary>
public sealed class CSharpThatReadsADataProject : Playground
{
    [Theory]
    [InlineData("TargetFramework")]
    [InlineData("TargetFrameworks")]
    public void Embeds_what_was_made_from_the_choice_of_that_project(string frameworks)
    {
        Write("data/input.txt", "A");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "input.txt")
            .Stage("table", $"cat input.txt > @{{out}}/t.txt; echo x >> {PathOf("made")}", "t.txt")
            .Stage("other", "echo other > @{out}/o.txt")
            .Promise("other", "o.txt", ("CopyToOutputDirectory", "IfDifferent"), ("Link", "words.txt")));
        WriteApp(frameworks, "@{raw:table/t.txt}");

        Assert.Equal("a", Run("build", "app"));
        Write("data/input.txt", "B");
        Assert.Equal("b", Run("build", "app", "-graph", "-isolate", "--no-restore"));
        Assert.Equal((2, 2), (Lines("made"), Lines("read")));
        // What else there is to ask, it is asked in the same way for one framework as for several.
        if (frameworks == "TargetFramework")
        {
            Succeed("msbuild", "app", "-tl:off", "-graph", "-isolate", "-m:1", "-t:Publish");
            return;
        }
        Write("data/input.txt", "A");
        Assert.Equal("a", Run("build", "app"));

        // What is asked of this project's stages is not asked of the other's.
        Write("data/input.txt", "C");
        Folder.Delete(PathOf("data", "bin"));
        var plan = Succeed("build", "app", "-tl:off", "--no-restore", "-t:LightnixPlan");
        Assert.True(plan.Says("table: run\n") && plan.Says("it needs raw:table"), plan.ToString());
        Assert.Equal("c", Run("build", "app", "-p:LightnixStages=words"));
        Assert.True(Has("data/bin/other/o.txt"));
        Succeed("publish", "app", "-tl:off", "--no-build", "-c", "Debug", "-f", "net10.0", "-o", "published");
        Succeed("build", "app", "-tl:off", "-question", "--no-restore");
        Assert.Equal((3, 3), (Lines("made"), Lines("read")));

        WriteApp(frameworks, "@{raw:table/t.txt}", copy: "IfDifferent");
        var twice = Fail("build", "app", "-tl:off", "--no-restore");
        Assert.Contains(twice.Diagnostics,
            d => d is { Code: "LNX1014", File: "app.csproj" }
            && d.Text.Contains("stage 'other' of data.lnproj, and from stage 'words' of app.csproj", StringComparison.Ordinal));

        WriteApp(frameworks, "@{raw:tabel/t.txt}");
        var mistaken = Fail("build", "app", "-tl:off", "--no-restore");
        Assert.Contains(mistaken.Diagnostics,
            d => d is { Code: "LNX1003", Place: "app.csproj(7,5)" } && d.Text.Contains("table", StringComparison.Ordinal));
    }

    void WriteApp(string frameworks, string input, string copy = "Never")
    {
        Write("app/app.csproj", $$"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="Lightnix.Sdk" Version="{{World.SdkVersion}}" />
              <PropertyGroup><OutputType>Exe</OutputType><{{frameworks}}>net10.0</{{frameworks}}>
              <LightnixGenerateClass>true</LightnixGenerateClass></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../data/data.lnproj" Name="raw" />
                <Stage Include="words" Command="tr A-Z a-z &lt; {{input}} > @{out}/words.txt; echo x >> {{PathOf("read")}}" />
                <Promise Include="words.txt" Stage="words" OutputItemType="EmbeddedResource" CopyToOutputDirectory="{{copy}}" />
              </ItemGroup>
            </Project>
            """);
        Write("app/Program.cs",
            """
            var words = typeof(Program).Assembly.GetManifestResourceStream("app.words.txt")!;
            System.Console.Write(new System.IO.StreamReader(words).ReadToEnd());
            """);
    }

    string Run(params string[] arguments)
    {
        Succeed([.. arguments, "-tl:off", "-nologo"]);
        return Dotnet("app/bin/Debug/net10.0/app.dll").Text.Trim()[^1..];
    }
}
