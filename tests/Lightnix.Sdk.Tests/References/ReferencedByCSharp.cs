namespace Lightnix.Sdk;

/// <summary>A C# project that references a data project with no metadata.</summary>
public sealed class ReferencedByCSharp : Playground
{
    const string Copied = "app/bin/Debug/net10.0/model.txt";

    [Fact]
    public void Gets_promised_files_in_its_output_and_follows_them_back()
    {
        WriteProjects();

        Succeed("build", "app", "-tl:off");
        Assert.Equal("A", Read(Copied));
        Assert.False(Has("app/bin/Debug/net10.0/private.txt"));
        Assert.Equal("A", Read("app/bin/Debug/net10.0/plots/one.txt"));

        Write("data/input.txt", "B");
        Succeed("build", "app", "-tl:off", "-m:1");
        Assert.Equal("B", Read(Copied));

        Write("data/input.txt", "A");
        Succeed("build", "app", "-tl:off", "-graph");
        Assert.Equal("A", Read(Copied));

        Succeed("publish", "app", "-tl:off", "-o", "published");
        Assert.Equal("A", Read("published/model.txt"));
        Assert.Equal(2, Lines("runs"));
    }

    [Theory]
    [InlineData("Hard")]
    [InlineData("Symbolic")]
    public void Gets_no_file_of_the_store_where_MSBuild_is_to_make_links(string kind)
    {
        Write("Directory.Build.props", $"""
            <Project><PropertyGroup>
              <Create{kind}LinksForAdditionalFilesIfPossible>true</Create{kind}LinksForAdditionalFilesIfPossible>
              <Create{kind}LinksForPublishFilesIfPossible>true</Create{kind}LinksForPublishFilesIfPossible>
            </PropertyGroup></Project>
            """);
        WriteProjects();
        Succeed("publish", "app", "-tl:off", "-c", "Debug", "-o", "published");
        Assert.Equal("A", Read("published/model.txt"));

        Write("published/model.txt", "EDITED");
        Write(Copied, "EDITED");

        Assert.Equal("A", Read("data/bin/model/model.txt"));
        Assert.True(File.GetAttributes(PathOf("data/bin/model/model.txt")).HasFlag(FileAttributes.ReadOnly));
        Succeed("publish", "app", "-tl:off", "-c", "Debug", "-o", "published", "-graph");
        Assert.Equal(1, Lines("runs"));
    }

    [Fact]
    public void Does_not_break_any_verb_of_its_solution()
    {
        WriteProjects();
        Write("all.slnx", """<Solution><Project Path="app/app.csproj" /><Project Path="data/data.lnproj" Type="Common C#" /></Solution>""");

        Assert.Empty(Succeed("restore", "all.slnx", "-tl:off").Diagnostics);
        Assert.Empty(Succeed("build", "all.slnx", "-tl:off", "--no-restore").Diagnostics);
        Succeed("test", "all.slnx", "-tl:off", "--no-restore");
        Succeed("pack", "all.slnx", "-tl:off", "--no-restore");
        Succeed("publish", "all.slnx", "-tl:off", "--no-restore");
        Succeed("build", "all.slnx", "-tl:off", "-t:Rebuild", "--no-restore");
        Assert.Equal(1, Lines("runs"));
        Succeed("clean", "all.slnx", "-tl:off");
        Assert.False(Has("data/bin/model"));
        Assert.True(Has("store"));
    }

    [Fact]
    public void Gets_promised_files_as_the_items_that_their_promises_say()
    {
        Write("data/input.txt", "A");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "input.txt")
            .Stage("model", $"for f in words more other page; do cp input.txt @{{out}}/$f.txt; done; echo x >> {PathOf("runs")}")
            .Promise("model", "words.txt", ("OutputItemType", "EmbeddedResource"), ("Link", "texts/words.fr.txt"))
            .Promise("model", "more.txt", ("OutputItemType", "AdditionalFiles"), ("CopyToOutputDirectory", "IfDifferent"))
            .Promise("model", "other.txt", ("OutputItemType", "Oracle"))
            .Promise("model", "page.txt", ("OutputItemType", "Content"), ("CopyToPublishDirectory", "IfDifferent")));
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("app/Program.cs", """
            using System;
            using System.IO;
            using var words = new StreamReader(typeof(Program).Assembly.GetManifestResourceStream("app.texts.words.fr.txt")!);
            Console.WriteLine(words.ReadToEnd());
            """);
        // What the compiler got last.
        Write("Directory.Build.targets", """
            <Project>
              <Target Name="Tell" AfterTargets="CoreCompile" Condition="'$(Language)' == 'C#'">
                <PropertyGroup>
                <Told>@(AdditionalFiles)|@(Oracle)|@(Content->'%(Link)')|@(ReferencePath->WithMetadataValue('Filename', 'words'))</Told>
                </PropertyGroup>
                <WriteLinesToFile File="$(MSBuildThisFileDirectory)told" Overwrite="true" Lines="$(Told)" />
              </Target>
            </Project>
            """);

        Assert.Equal("A", Run("build", "app"));
        Assert.Equal("A", Read("app/bin/Debug/net10.0/more.txt"));
        Assert.False(Has("app/bin/Debug/net10.0/texts") || Has("app/bin/Debug/net10.0/page.txt"));
        Write("data/input.txt", "B");
        Assert.Equal("B", Run("build", "app", "-graph"));
        Write("data/input.txt", "A");
        Assert.Equal("A", Run("build", "app"));
        // Without building the data project: this one alone, and as Visual Studio does. It is asked for what it has now.
        Write("data/input.txt", "B");
        Succeed("build", "data", "-tl:off");
        Assert.Equal("B", Run("build", "app", "--no-dependencies"));
        Write("data/input.txt", "A");
        Assert.Equal("A", Run("build", "app", "-p:BuildingInsideVisualStudio=true"));
        Succeed("publish", "app", "-tl:off", "-o", "published");
        Assert.Equal("A", Read("published/page.txt"));
        Assert.Equal(2, Lines("runs"));

        // An isolated graph has only what .NET's own types need.
        Write("data/data.lnproj", Read("data/data.lnproj").Replace("OutputItemType=\"Oracle\"", "", StringComparison.Ordinal));
        Write("data/input.txt", "B");
        Assert.Equal("B", Run("build", "app", "-graph", "-isolate", "--no-restore"));
    }

    // What the app embeds; its compiler got the same.
    string Run(params string[] arguments)
    {
        Succeed([.. arguments, "-tl:off", "-nologo"]);
        var embedded = Dotnet("app/bin/Debug/net10.0/app.dll").Text.Trim()[^1..];
        var told = Read("told").Trim().Split('|');
        Assert.All(told[..2].Where(file => file.Length > 0), file => Assert.Equal(embedded, File.ReadAllText(file)));
        Assert.Equal(["page.txt", ""], told[2..]);
        return embedded;
    }

    void WriteProjects()
    {
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("app/Program.cs", "System.Console.WriteLine(1);");
        Write("data/input.txt", "A");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "input.txt")
            .Stage("model",
                "cat input.txt > @{out}/model.txt; cat input.txt > @{out}/private.txt; mkdir @{out}/plots; cp input.txt "
                + $"@{{out}}/plots/one.txt; echo x >> {PathOf("runs")}")
            .Promise("model", "model.txt", ("CopyToOutputDirectory", "PreserveNewest"))
            .Promise("model", "plots", ("CopyToOutputDirectory", "IfDifferent"))
            .Promise("model", "private.txt"));
    }
}
