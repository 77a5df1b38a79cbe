using System.Security.Cryptography;

namespace Lightnix.Sdk;

/// <summary>One program with a library, in two folders at two commits, with other comments and beside other builds.</summary>
public sealed class Programs(Programs.Builds builds) : IClassFixture<Programs.Builds>
{
    [Fact]
    public void Are_restored_and_built_and_run_by_a_plain_build_of_a_clean_clone() =>
        Assert.Equal("0.5", builds.Read("one/data/bin/model/accuracy.txt").Trim());

    [Fact]
    public void Have_the_same_bytes_in_another_folder_at_another_commit() => Assert.Equal(builds.FirstOutput, builds.SecondOutput);

    [Fact]
    public void Keep_nothing_that_is_of_one_machine() =>
        Assert.DoesNotContain(builds.FirstOutput,
            line => line.EndsWith(".pdb", StringComparison.Ordinal) || line.EndsWith(".xml", StringComparison.Ordinal)
            || line.EndsWith(" Trainer", StringComparison.Ordinal));

    [Fact]
    public void Run_nothing_again_when_only_the_folder_the_commit_and_comments_differ()
    {
        Assert.Equal(1, builds.Runs);
        Assert.True(builds.Second.Says("nothing to run"), builds.Second.ToString());
    }

    [Fact]
    public void Leave_the_normal_build_of_the_same_project_alone() => Assert.True(builds.Has("two/Trainer/bin/Debug/net10.0/Trainer.pdb"));

    [Fact]
    public void Are_the_same_in_an_isolated_graph_build()
    {
        Assert.Equal(builds.FirstOutput, builds.GraphOutput);
        Assert.True(builds.Graph.Says("nothing to run"), builds.Graph.ToString());
    }

    [Fact]
    public void Are_the_same_in_a_solution_that_is_built_in_debug()
    {
        Assert.Equal(builds.FirstOutput, builds.SolutionOutput);
        Assert.All([builds.Solution, builds.SolutionGraph], build => Assert.True(build.Says("nothing to run"), build.ToString()));
    }

    [Fact]
    public void Are_the_same_however_an_app_is_published_and_called()
    {
        Assert.Equal(builds.FirstOutput, builds.PublishedOutput);
        Assert.All([builds.Published, builds.Elsewhere], build => Assert.True(build.Says("nothing to run"), build.ToString()));
        Assert.Equal("0.5", builds.Read("two/app/out/accuracy.txt").Trim());
    }

    [Fact]
    public void Are_up_to_date_when_nothing_changed() => Assert.Empty(builds.Question.Diagnostics);

    [Fact]
    public void Run_again_when_their_code_changes() => Assert.Equal(2, builds.RunsAfterEdit);

    [Fact]
    public void That_are_missing_are_reported_at_their_stage_with_all_other_mistakes()
    {
        Assert.Contains(builds.Missing.Diagnostics, d => d.Code == "LNX1015" && d.Place == "data.lnproj(3,5)");
        Assert.Contains(builds.Missing.Diagnostics, d => d.Code == "LNX1003" && d.Place == "data.lnproj(4,5)");
        Assert.Contains(builds.Missing.Diagnostics,
            d => d.Place == "data.lnproj(5,5)"
            && d.Text.Contains("name the project in it, '../three/Library/Library.csproj'", StringComparison.Ordinal));
        Assert.Contains(builds.Missing.Diagnostics,
            d => d.Place == "data.lnproj(6,5)" && d.Text.Contains("a script is run by Script", StringComparison.Ordinal));
        var nowhere = Assert.Single(builds.WithoutReference.Diagnostics);
        Assert.Equal(("LNX1015", "more.props"), (nowhere.Code, nowhere.File));
        Assert.DoesNotContain(builds.Missing.Diagnostics, d => d.Code.StartsWith("MSB", StringComparison.Ordinal));
    }

    [Fact]
    public void That_are_libraries_do_not_run()
    {
        Assert.Equal(["LNX1015"], builds.NoProgram.Diagnostics.Select(d => d.Code).Distinct());
        Assert.False(builds.NoProgram.Ran("score"), builds.NoProgram.ToString());
    }

    [Fact]
    public void Are_not_compiled_for_a_project_with_mistakes()
    {
        Assert.Contains(builds.Mistaken.Diagnostics, d => d.Code == "LNX1003");
        Assert.False(builds.Has("three/Trainer/bin"));
    }

    public sealed class Builds : Playground
    {
        public Builds()
        {
            Clone("one", "0000000000000000000000000000000000000001", "// a comment\n");
            Succeed("build", "one/data/data.lnproj", "-tl:off");
            FirstOutput = OutputOf("one");

            Clone("two", "0000000000000000000000000000000000000002", "// another comment,\n// which is longer\n");
            Succeed("build", "two/Trainer", "-tl:off");
            Second = Succeed("build", "two/data/data.lnproj", "-tl:off", "-c", "Debug");
            SecondOutput = OutputOf("two");
            Runs = Lines("runs");

            Directory.Delete(PathOf("two", "Trainer", "bin", "lightnix"), recursive: true);
            Directory.Delete(PathOf("two", "Trainer", "obj", "lightnix"), recursive: true);
            Graph = Succeed("build", "two/data/data.lnproj", "-tl:off", "-graph", "-isolate", "--no-restore");
            GraphOutput = OutputOf("two");

            Write("two/all.slnx",
                """
                <Solution>
                  <Project Path="data/data.lnproj" Type="Common C#" />
                  <Project Path="Library/Library.csproj" />
                  <Project Path="Trainer/Trainer.csproj" />
                </Solution>
                """);
            Solution = Succeed("build", "two/all.slnx", "-tl:off");
            SolutionGraph = Succeed("build", "two/all.slnx", "-tl:off", "-graph", "-isolate", "--no-restore");
            SolutionOutput = OutputOf("two");
            Question = Succeed("build", "two/data/data.lnproj", "-tl:off", "-question");

            Write("two/app/app.csproj",
                ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj").Reference("../Library/Library.csproj"));
            Write("two/app/Program.cs", "System.Console.WriteLine(Library.Score.Value);");
            Published = Succeed("publish", "two/app", "-tl:off", "-p:Version=1.2.3", "-p:UseAppHost=true",
                "-p:InvariantGlobalization=true");
            PublishedOutput = OutputOf("two");
            Elsewhere = Succeed("build", "two/app", "-tl:off", $"-p:OutDir={PathOf("two", "app", "out")}/", "--version-suffix", "beta.2");

            Write("two/Library/Score.cs", Library("", "0.6"));
            Succeed("build", "two/data/data.lnproj", "-tl:off");
            RunsAfterEdit = Lines("runs");

            Write("missing/data.lnproj", $"""
                <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
                  <ItemGroup>
                    <Stage Include="model" Program="../Nowhere/Nowhere.csproj" />
                    <Stage Include="other" Command="cat @{"{nowhere}"}" />
                    <Stage Include="folder" Program="../three/Library" />
                    <Stage Include="code" Program="../three/Library/Score.cs" />
                  </ItemGroup>
                </Project>
                """);
            Clone("three", "0000000000000000000000000000000000000003", "");
            Missing = Fail("build", "missing/data.lnproj", "-tl:off");
            Write("missing/more.props", """<Project><ItemGroup><ProjectReference Include="../nowhere.lnproj" /></ItemGroup></Project>""");
            Write("missing/data.lnproj",
                $"""
                <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
                  <Import Project="more.props" />
                  <ItemGroup><Stage Include="a" Command="true" /></ItemGroup>
                </Project>
                """);
            WithoutReference = Fail("build", "missing/data.lnproj", "-tl:off");
            Write("three/score.lnproj",
                $"""
                <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
                  <ItemGroup><Stage Include="score" Program="Library/Library.csproj" /></ItemGroup>
                </Project>
                """);
            NoProgram = Fail("build", "three/score.lnproj", "-tl:off");

            Write("three/data/data.lnproj", Read("three/data/data.lnproj").Replace("@{out}", "@{outt}", StringComparison.Ordinal));
            Mistaken = Fail("build", "three/data/data.lnproj", "-tl:off");
        }

        public IReadOnlyList<string> FirstOutput { get; }

        public IReadOnlyList<string> SecondOutput { get; }

        public IReadOnlyList<string> GraphOutput { get; }

        public BuildOutput Second { get; }

        public BuildOutput Graph { get; }

        public BuildOutput Solution { get; }

        public BuildOutput SolutionGraph { get; }

        public IReadOnlyList<string> SolutionOutput { get; }

        public BuildOutput Published { get; }

        public IReadOnlyList<string> PublishedOutput { get; }

        public BuildOutput Elsewhere { get; }

        public BuildOutput Question { get; }

        public BuildOutput Missing { get; }

        public BuildOutput WithoutReference { get; }

        public BuildOutput NoProgram { get; }

        public BuildOutput Mistaken { get; }

        public int Runs { get; }

        public int RunsAfterEdit { get; }

        static string Library(string comment, string score) => $$"""
            {{comment}}using System.Runtime.CompilerServices;

            namespace Library;

            /// <summary>A score. {{comment.Length}}</summary>
            public static class Score
            {
                public static string Value => "{{score}}";

                public static string Where([CallerFilePath] string file = "") => file;
            }
            """;

        void Clone(string folder, string commit, string comment)
        {
            // What the SDK reads of a repository: enough for a source revision in the assembly.
            Write($"{folder}/.git/HEAD", "ref: refs/heads/main\n");
            Write($"{folder}/.git/refs/heads/main", $"{commit}\n");
            Write($"{folder}/.git/config",
                "[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = https://example.invalid/repository.git\n");
            Directory.CreateDirectory(PathOf(folder, ".git", "objects"));

            Write($"{folder}/Library/Library.csproj", ProjectCreator.CSharp().Property("GenerateDocumentationFile", "true"));
            Write($"{folder}/Library/Score.cs", Library(comment, "0.5"));
            Write($"{folder}/Trainer/Trainer.csproj", ProjectCreator.CSharp("Exe").Reference("../Library/Library.csproj"));
            Write($"{folder}/Trainer/Program.cs", $"""
                {comment}System.IO.File.WriteAllText(args[0] + "/accuracy.txt", Library.Score.Value);
                System.IO.File.AppendAllText(args[1], Library.Score.Where() + System.Environment.NewLine);
                """);
            Write($"{folder}/data/data.lnproj", ProjectCreator.Lightnix()
                .Item("Stage", "model", ("Program", "../Trainer/Trainer.csproj"), ("Arguments", $"@{{out}} {PathOf("runs")}"))
                .Promise("model", "accuracy.txt", ("Type", "Number"), ("CopyToOutputDirectory", "IfDifferent")));
        }

        IReadOnlyList<string> OutputOf(string folder)
        {
            var output = PathOf(folder, "Trainer", "bin", "lightnix", "Release");
            return
            [
                .. Directory.GetFiles(output, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(f => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))} {Path.GetRelativePath(output, f)}"),
            ];
        }
    }
}
