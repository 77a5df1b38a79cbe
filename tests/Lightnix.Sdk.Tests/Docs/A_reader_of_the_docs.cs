namespace Lightnix.Sdk;

/// <summary>Has a clone of the repository, follows a page of the docs, and compares what is printed with what the page shows.</summary>
[Trait("Speed", "Slow")]
public sealed class A_reader_of_the_docs : Playground
{
    /// <summary>Those that need nothing but a shell.</summary>
    const string Built = "enough/*.lnproj;items/*.lnproj;long/*.lnproj;several/models/models.lnproj;sweep/*.lnproj";

    public A_reader_of_the_docs()
    {
        // The clone, already packed.
        Directory.CreateDirectory(PathOf("lightnix", "artifacts"));
        Directory.CreateSymbolicLink(PathOf("lightnix", "artifacts", "packages"), World.Packages.TrimEnd('/'));
        WriteProgram("lightnix/build", "");
        Home = Directory.CreateDirectory(PathOf("home")).FullName;
        Store = Path.Combine(Home, ".lightnix");
        Variables["NUGET_PACKAGES"] = "";
    }

    [Fact]
    public void Sees_what_the_tutorial_shows() => new Page("docs/tutorial.md").Follow(this, Root);

    [Fact]
    public void Gets_through_the_first_steps_of_the_readme_and_trains_nothing_again_in_the_sample()
    {
        CloneSample("samples/digits");
        KeepFeeds();
        new Page("README.md").Follow(this, PathOf("lightnix"));
        Assert.True(Has("digits/bin/model/model.zip"));

        Variables["NUGET_PACKAGES"] = PathOf("digits", ".packages");
        var sample = Succeed("build", "lightnix/samples/digits", "-tl:off");

        Assert.False(sample.Ran("train-0_1"), sample.ToString());
        Assert.Equal(Read("digits/bin/model/accuracy.txt"), Read("lightnix/samples/digits/bin/model/accuracy.txt"));
    }

    [Fact]
    public void Sees_what_the_tour_shows()
    {
        CloneSample("samples/digits");
        KeepFeeds();
        new Page("docs/tour.md").Follow(this, PathOf("lightnix", "samples", "digits"));
    }

    [Fact]
    public void Can_plan_each_recipe_and_build_those_of_shell_commands()
    {
        new Page("docs/recipes.md").WriteFiles(Root);
        new Page("docs/items.md").WriteFiles(Root);
        Write("items/text.txt", "a b c a");
        foreach (var tool in new[] { "python3", "jupyter", "curl" })
            WriteProgram($"programs/{tool}", "echo 1.0");
        Variables["PATH"] = $"{PathOf("programs")}:{Environment.GetEnvironmentVariable("PATH")}";
        Write("recipes.proj", $"""
            <Project>
              <ItemGroup>
                <All Include="**/*.lnproj" />
                <Built Include="{Built}" />
              </ItemGroup>
              <Target Name="Try">
                <MSBuild Projects="@(All)" Targets="LightnixPlan" />
                <MSBuild Projects="@(Built)" />
              </Target>
            </Project>
            """);

        var output = Succeed("msbuild", "recipes.proj", "-v:m", "-tl:off");

        Assert.Empty(output.Diagnostics);
        Assert.Equal("0.686265", Read("sweep/bin/best/loss.txt").Trim());
        Assert.StartsWith("Ada          1.0", Read("long/bin/report/report.txt"), StringComparison.Ordinal);
    }

    /// <summary>The trainer's packages come from the feeds of the user.</summary>
    void KeepFeeds()
    {
        Write("nuget.config", "<configuration />");
        var settings = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet");
        if (!Directory.Exists(settings))
            return;
        Directory.CreateDirectory(PathOf("home", ".nuget"));
        Directory.CreateSymbolicLink(PathOf("home", ".nuget", "NuGet"), settings);
    }

    /// <summary>Copies a sample without what builds made in it.</summary>
    void CloneSample(string path)
    {
        var from = RepositoryRoot.File(path);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(from, file).Split(Path.DirectorySeparatorChar);
            if (parts.Any(part => part is "bin" or "obj" or ".packages"))
                continue;
            var copy = PathOf(["lightnix", .. path.Split('/'), .. parts]);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    void WriteProgram(string path, string command)
    {
        var file = Write(path, $"#!/bin/sh\n{command}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
