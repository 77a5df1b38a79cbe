using System.IO.Compression;

namespace Lightnix.Sdk;

/// <summary>
/// A C# program with stages of its own, by a package reference: built, changed, changed back, looked at, published and packed.
/// </summary>
public sealed class InACSharpProject(InACSharpProject.Builds builds) : IClassFixture<InACSharpProject.Builds>
{
    [Fact]
    public void Promised_files_are_copied_embedded_and_named_by_a_class() => Assert.Equal("A|A|0.5|made by a script", builds.First);

    [Fact]
    public void The_links_are_in_a_folder_of_their_own() => Assert.True(builds.LinksAfterFirst);

    [Fact]
    public void Another_result_is_compiled_and_an_older_one_is_gone_back_to()
    {
        Assert.Equal("B|B|0.75|made by a script", builds.Changed);
        Assert.Equal(builds.First, builds.ChangedBack);
        Assert.Equal(2, builds.RunsAfterAll);
    }

    [Fact]
    public void A_build_that_has_nothing_to_do_compiles_nothing() => Assert.Equal(builds.CompiledBefore, builds.CompiledAfter);

    [Fact]
    public void An_editor_is_answered_without_running_anything()
    {
        Assert.Equal(0, builds.RunsBeforeFirst);
        Assert.Contains("const double Accuracy = double.NaN", builds.ClassBeforeFirst, StringComparison.Ordinal);
        Assert.Contains("string ModelTxt =>", builds.ClassBeforeFirst, StringComparison.Ordinal);
        Assert.True(builds.Looked.Says("/model.txt\"") && builds.Looked.Says("/store/trees/"), builds.Looked.ToString());
    }

    [Fact]
    public void Without_a_build_there_is_nothing_to_publish() =>
        Assert.Equal(["app.csproj(12,5)", "app.csproj(15,5)"],
            builds.NeverBuilt.Diagnostics.Where(d => d.Code == "LNX5003").Select(d => d.Place).Order(StringComparer.Ordinal));

    [Fact]
    public void Publishing_without_building_publishes_what_was_built() =>
        Assert.Equal(("A", "made by a script"), (builds.Read("app/published/model.txt"), builds.Read("app/published/data/made.txt")));

    [Fact]
    public void The_package_depends_on_nothing_and_holds_content()
    {
        using var package = ZipFile.OpenRead(builds.PathOf("packed", "app.1.0.0.nupkg"));
        Assert.Contains(package.Entries, e => e.FullName.EndsWith("/made.txt", StringComparison.Ordinal));
        Assert.Equal(["content/t/a/x.txt", "content/t/b/x.txt"],
            package.Entries.Select(e => e.FullName).Where(name => name.EndsWith("x.txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(package.Entries, e => e.Name.StartsWith("Lightnix", StringComparison.Ordinal));
        using var nuspec = new StreamReader(package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        Assert.DoesNotContain("Lightnix.Sdk", nuspec.ReadToEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(builds.Packed.Diagnostics, d => d.Code == "LNX1018");
    }

    [Fact]
    public void A_package_that_would_depend_on_Lightnix_is_warned_about() =>
        Assert.Contains(builds.PackedCarelessly.Diagnostics, d => d is { Kind: "warning", Code: "LNX1018" });

    [Fact]
    public void Clean_removes_the_links_and_keeps_the_store()
    {
        Assert.False(builds.Has("app/bin/lightnix/model"));
        Assert.True(builds.Has("store/trees"));
    }

    [Fact]
    public void A_project_cannot_be_its_own_program() =>
        Assert.Contains(builds.OwnProgram.Diagnostics, d => d is { Code: "LNX1004", Place: "self.csproj(4,14)" });

    /// <summary>The builds, in order; facts look at what they left.</summary>
    public sealed class Builds : Playground
    {
        const string Dll = "app/obj/Debug/net10.0/app.dll";

        public Builds()
        {
            WriteProject();
            Succeed("restore", "app");
            NeverBuilt = Fail("publish", "app", "--no-build", "-tl:off", "-c", "Debug");
            Look();
            (ClassBeforeFirst, RunsBeforeFirst) = (Read("app/obj/Debug/net10.0/app.Promised.g.cs"), Lines("runs"));

            Succeed("build", "app", "-tl:off");
            (First, LinksAfterFirst) = (Run(), Has("app/bin/lightnix/model/model.txt") && Has("app/bin/lightnix/made/made.txt"));
            CompiledBefore = File.GetLastWriteTimeUtc(PathOf(Dll));
            Succeed("build", "app", "-tl:off", "--no-restore");
            CompiledAfter = File.GetLastWriteTimeUtc(PathOf(Dll));

            Write("app/input.txt", "B");
            Write("app/accuracy.txt", "0.75");
            Succeed("build", "app", "-tl:off", "--no-restore", "-graph", "-isolate");
            Changed = Run();
            Write("app/input.txt", "A");
            Write("app/accuracy.txt", "0.5");
            Succeed("build", "app", "-tl:off", "--no-restore", "-t:Rebuild");
            ChangedBack = Run();

            Looked = Look("-getItem:None");
            Succeed("publish", "app", "-tl:off", "--no-build", "-c", "Debug", "-o", "app/published");
            Packed = Succeed("pack", "app", "-tl:off", "--no-build", "-c", "Debug", "-o", "packed");
            // What was published and compiled lies in the project's folder now, where its sources are looked for.
            Succeed("build", "app", "-tl:off", "--no-restore");
            Succeed("build", "app", "-tl:off", "--artifacts-path", PathOf("app", "artifacts"));
            Folder.Delete(PathOf("app", "artifacts"));
            RunsAfterAll = Lines("runs");
            Succeed("clean", "app", "-tl:off");

            WriteProject(privateAssets: "");
            PackedCarelessly = Succeed("pack", "app", "-tl:off", "-c", "Debug", "-o", "careless");
            Succeed("clean", "app", "-tl:off");

            Write("self/self.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <Sdk Name="Lightnix.Sdk" Version="{World.SdkVersion}" />
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><Stage Include="self" Program="./self.csproj" /></ItemGroup>
                </Project>
                """);
            OwnProgram = Fail("build", "self", "-tl:off");
        }

        public string First { get; }

        public bool LinksAfterFirst { get; }

        public string Changed { get; }

        public string ChangedBack { get; }

        public DateTime CompiledBefore { get; }

        public DateTime CompiledAfter { get; }

        public int RunsBeforeFirst { get; }

        public int RunsAfterAll { get; }

        public string ClassBeforeFirst { get; }

        public BuildOutput NeverBuilt { get; }

        public BuildOutput Looked { get; }

        public BuildOutput Packed { get; }

        public BuildOutput PackedCarelessly { get; }

        public BuildOutput OwnProgram { get; }

        // As an IDE asks: everything up to the compiler, which does not run.
        BuildOutput Look(params string[] more) =>
            Succeed(["msbuild", "app", "-t:Compile", "-tl:off", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true",
                "-p:ProvideCommandLineArgs=true", .. more]);

        string Run() => Dotnet(PathOf("app", "bin", "Debug", "net10.0", "app.dll")).Text.Split('\n')[1].Trim();

        void WriteProject(string privateAssets = "all")
        {
            // Warnings are errors, and documentation is wanted: what is generated must not be in anybody's way.
            Write("app/app.csproj", $$"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable>
                    <AnalysisLevel>latest-all</AnalysisLevel><NoWarn>CA1303;CA1515;CA1852;CA1812;NU5128</NoWarn>
                    <GenerateDocumentationFile>true</GenerateDocumentationFile>
                    <TreatWarningsAsErrors>{{(privateAssets == "all" ? "true" : "false")}}</TreatWarningsAsErrors>
                    <LightnixGenerateClass>true</LightnixGenerateClass><LightnixClassName>Promised</LightnixClassName>
                    <LightnixClassNamespace>Data.App</LightnixClassNamespace>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Lightnix.Sdk" Version="{{World.SdkVersion}}" PrivateAssets="{{privateAssets}}" />
                    <Stage Include="model"
                          Command="cp input.txt @{out}/model.txt; cp input.txt @{out}/inside.txt; cp accuracy.txt @{out};
                                   echo x >> {{PathOf("runs")}}" />
                    <Stage Include="made" Script="make.cs" Arguments="@{out}" />
                    <Source Include="**/*.txt" Stage="model" />
                    <Promise Include="model.txt" Stage="model" CopyToOutputDirectory="PreserveNewest" />
                    <Promise Include="inside.txt" Stage="model" OutputItemType="EmbeddedResource" />
                    <Promise Include="accuracy.txt" Stage="model" Type="Number" Min="0.5" />
                    <Promise Include="made.txt" Stage="made" OutputItemType="Content" Link="data/made.txt"
                          CopyToOutputDirectory="IfDifferent" />
                    <Promise Include="t" Stage="made" OutputItemType="Content" PackagePath="content/t" />
                  </ItemGroup>
                </Project>
                """);
            Write("app/input.txt", "A");
            Write("app/accuracy.txt", "0.5");
            // Beside the project's own code, and not a part of it.
            Write("app/make.cs", """
                System.IO.File.WriteAllText(System.IO.Path.Combine(args[0], "made.txt"), "made by a script");
                foreach (var folder in new[] { "a", "b" })
                {
                    var made = System.IO.Directory.CreateDirectory(System.IO.Path.Combine(args[0], "t", folder));
                    System.IO.File.WriteAllText(System.IO.Path.Combine(made.FullName, "x.txt"), folder);
                }
                """);
            Write("app/Program.cs", """
                using System;
                using System.IO;
                using Data.App;
                using var inside = new StreamReader(typeof(Promised).Assembly.GetManifestResourceStream("app.inside.txt")!);
                var (model, made) = (File.ReadAllText(Promised.Model.ModelTxt), File.ReadAllText(Promised.Made.MadeTxt));
                Console.WriteLine($"{model}|{inside.ReadToEnd()}|{Promised.Model.Accuracy}|{made}");
                """);
        }
    }
}
