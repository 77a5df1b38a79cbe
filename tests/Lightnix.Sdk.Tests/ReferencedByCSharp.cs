namespace Lightnix.Sdk;

/// <summary>A C# project that references a data project with no metadata.</summary>
public sealed class ReferencedByCSharp : Playground
{
    const string Copied = "app/bin/Debug/net10.0/model.txt";

    [Fact]
    public void GetsPromisedFilesInItsOutputAndFollowsThemBack()
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

    [Fact]
    public void DoesNotBreakAnyVerbOfItsSolution()
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

    void WriteProjects()
    {
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("app/Program.cs", "System.Console.WriteLine(1);");
        Write("data/input.txt", "A");
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "input.txt")
            .Stage("model", $"cat input.txt > @{{out}}/model.txt; cat input.txt > @{{out}}/private.txt; mkdir @{{out}}/plots; cp input.txt @{{out}}/plots/one.txt; echo x >> {PathOf("runs")}")
            .Promise("model", "model.txt", ("CopyToOutputDirectory", "PreserveNewest"))
            .Promise("model", "plots", ("CopyToOutputDirectory", "IfDifferent"))
            .Promise("model", "private.txt"));
    }
}
