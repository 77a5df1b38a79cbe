namespace Lightnix.Sdk;

/// <summary>docs/ci.md: the steps of each pipeline, with no store, and then in another folder with the saved one.</summary>
public sealed class PipelinesOfCi : Playground
{
    const string Copied = "app/bin/Debug/net10.0/model.txt";

    readonly Pipeline _ci;

    public PipelinesOfCi()
    {
        var tools = $$$"""
            {
              "version": 1, "isRoot": true,
              "tools": { "lightnix.cli": { "version": "{{{World.SdkVersion}}}", "commands": ["lightnix"] } }
            }
            """;
        Write("repository/.config/dotnet-tools.json", tools);
        Write("repository/app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("repository/app/Program.cs", "System.Console.WriteLine(1);");
        Write("repository/data/input.txt", "A");
        Write("repository/data/data.lnproj", Project());
        _ci = new(this, Directory.CreateDirectory(PathOf("home")).FullName);
    }

    [Fact]
    public void Of_GitHub_run_nothing_in_another_folder_and_keep_what_a_failed_build_finished()
    {
        const string build = ".github/workflows/build.yml";
        // What has no key is not built, and nothing is saved below a key without a hash.
        Write("repository/data/data.lnproj", WithProgram("@{model/nothing.txt}"));
        Assert.False(_ci.Run(build, PathOf("one")), _ci.Log);
        Assert.Contains("error LNX1005", _ci.Log, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^(save|restore) lightnix-", _ci.Log);

        Write("repository/data/data.lnproj", WithProgram("nothing.txt"));
        Assert.False(_ci.Run(build, PathOf("one")), _ci.Log);
        Assert.Matches("save lightnix-Linux-[0-9a-f]{64}-1-1\n", _ci.Log);

        // Mended, so the key is another one; the newest store has the model.
        Write("repository/data/data.lnproj", WithProgram());
        Assert.True(_ci.Run(build, PathOf("one")), _ci.Log);
        Assert.Equal(1, Lines("models"));
        Assert.Matches("save lightnix-Linux-[0-9a-f]{64}\n", _ci.Log);

        Assert.True(_ci.Run(build, PathOf("two", "folder")), _ci.Log);
        Assert.Equal((1, 1), (Lines("models"), Lines("reports")));
        Assert.DoesNotContain("save ", _ci.Log, StringComparison.Ordinal);
        Assert.Equal("A", Read($"two/folder/{Copied}"));

        // The gate: open for what the store has, shut for what would run.
        Assert.True(_ci.Run(".github/workflows/gate.yml", PathOf("gate")), _ci.Log);
        Write("repository/data/input.txt", "B");
        Assert.False(_ci.Run(".github/workflows/gate.yml", PathOf("gate")), _ci.Log);
        Assert.Contains("data.lnproj(4,5): error LNX2014: stage 'model' is not up to date", _ci.Log, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Lines("models"), Lines("reports")));
    }

    [Fact]
    public void Of_GitHub_on_one_branch_take_nothing_of_another()
    {
        const string build = ".github/workflows/build.yml";
        Assert.True(_ci.Run(build, PathOf("main")), _ci.Log);
        // A branch begins with the store of main, and saves a newer one.
        Write("repository/data/input.txt", "B");
        Assert.True(_ci.Run(build, PathOf("branch")), _ci.Log);
        Assert.Equal(2, Lines("models"));

        // Main moves on, and restores the newest store, which is that of the branch.
        Write("repository/data/input.txt", "A");
        Write("repository/data/data.lnproj", Project($"""Command="cat @{"{model/model.txt}"} > @{"{out}"}/report.txt; echo new" """));
        Assert.True(_ci.Run(build, PathOf("main again")), _ci.Log);

        Assert.Equal(2, Lines("models"));
        Assert.Equal("A", Read($"main again/{Copied}"));
    }

    [Fact]
    public void Of_Azure_run_nothing_in_another_folder()
    {
        Assert.True(_ci.Run("azure-pipelines.yml", PathOf("one", "s")), _ci.Log);
        Assert.Contains("save lightnix-Linux-", _ci.Log, StringComparison.Ordinal);

        Assert.True(_ci.Run("azure-pipelines.yml", PathOf("two", "s")), _ci.Log);
        Assert.Equal((1, 1), (Lines("models"), Lines("reports")));
        Assert.DoesNotContain("save ", _ci.Log, StringComparison.Ordinal);
        Assert.Equal("A", Read($"two/s/{Copied}"));
    }

    [Fact]
    public void With_two_jobs_build_the_second_from_the_results_of_the_first()
    {
        const string jobs = ".github/workflows/two-jobs.yml";
        Write("repository/data/data.lnproj", WithProgram());
        // App and program share code, of which no cache knows.
        Write("repository/library/library.csproj", ProjectCreator.CSharp());
        Write("repository/library/Library.cs", "public static class Library { public static int One => 1; }");
        Write("repository/reporter/reporter.csproj", ProjectCreator.CSharp("Exe").Reference("../library/library.csproj"));
        Write("repository/app/app.csproj",
            ProjectCreator.CSharp("Exe").Reference("../library/library.csproj").Reference("../data/data.lnproj"));
        Write("repository/app/Program.cs", "System.Console.WriteLine(Library.One);");
        Assert.True(_ci.Run(jobs, PathOf("one"), "data"), _ci.Log);
        Assert.True(_ci.Run(jobs, PathOf("one"), "app"), _ci.Log);

        Assert.Equal((1, 1), (Lines("models"), Lines("reports")));
        Assert.Equal("A", Read($"one/{Copied}"));
        // It was not even asked, nor its program built.
        Assert.False(Has("one/data/bin") || Has("one/reporter/bin"));
    }

    [Fact]
    public void That_are_locked_publish_what_was_pinned()
    {
        Write("repository/data/data.lnproj", Project(useLockFile: true));
        Assert.True(_ci.Run(".github/workflows/build.yml", PathOf("one")), _ci.Log);
        File.Copy(PathOf("one", "data", "lightnix.lock.json"), PathOf("repository", "data", "lightnix.lock.json"));

        Assert.True(_ci.Run(".github/workflows/release.yml", PathOf("two")), _ci.Log);
        Assert.Equal("A", Read("two/publish/model.txt"));
        Write("repository/data/input.txt", "B");
        Assert.False(_ci.Run(".github/workflows/release.yml", PathOf("two")), _ci.Log);
        Assert.Contains("error LNX1012", _ci.Log, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Lines("models"), Lines("reports")));
    }

    [Fact]
    public void Are_all_tried() => Assert.Equal(
        [".github/workflows/build.yml", "azure-pipelines.yml", ".github/workflows/gate.yml", ".github/workflows/release.yml",
            ".github/workflows/two-jobs.yml"],
        Pipeline.Names);

    /// <summary>The report's builder is a C# program, which a clean checkout must restore and compile.</summary>
    string WithProgram(string reported = "@{model/model.txt}")
    {
        Write("repository/reporter/reporter.csproj", ProjectCreator.CSharp("Exe"));
        Write("repository/reporter/Program.cs", $$"""
            System.IO.File.Copy(args[0], args[1] + "/report.txt");
            System.IO.File.AppendAllText("{{PathOf("reports")}}", "x\n");
            """);
        return Project($"""Program="../reporter/reporter.csproj" Arguments="{reported} @{"{out}"}" """);
    }

    string Project(string? report = null, bool useLockFile = false) => $"""
        <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
          <PropertyGroup><LightnixUseLockFile>{useLockFile}</LightnixUseLockFile></PropertyGroup>
          <ItemGroup>
            <Stage Include="model" Command="cat input.txt > @{"{out}"}/model.txt; echo x >> {PathOf("models")}" />
            <Source Include="input.txt" Stage="model" />
            <Stage Include="report"
                   {report ?? $"""Command="cat @{"{model/model.txt}"} > @{"{out}"}/report.txt; echo x >> {PathOf("reports")}" """}/>
            <Promise Include="model.txt" Stage="model" CopyToOutputDirectory="IfDifferent" />
            <Promise Include="report.txt" Stage="report" />
          </ItemGroup>
        </Project>
        """;
}
