namespace Lightnix.Sdk;

/// <summary>
/// A solution whose Directory.Build.props gives each project a package, and what NuGet, IDEs and CI ask of all its projects.
/// </summary>
public sealed class ToolsThatAskASolution(ToolsThatAskASolution.Builds builds) : IClassFixture<ToolsThatAskASolution.Builds>
{
    [Fact]
    public void Restore_by_static_graph() => Assert.All(builds.Restores, output => Assert.Empty(output.Diagnostics));

    [Fact]
    public void List_its_packages() =>
        Assert.All(builds.Lists, list => Assert.True(list.Says("Lightnix.Templates") && list.Says("data"), list.ToString()));

    [Fact]
    public void See_no_package_in_a_data_project() =>
        Assert.All(["Lightnix.Templates", "Some.Other"], name => Assert.False(builds.Items.Says(name), builds.Items.ToString()));

    [Fact]
    public void Get_an_answer_to_each_target_of_an_ordinary_project() => Assert.Empty(builds.Targets.Diagnostics);

    [Fact]
    public void Find_programs_in_the_folder_of_all_projects()
    {
        Assert.True(builds.Has("artifacts/bin/tool/lightnix/Release/tool.dll") && builds.Has("artifacts/obj/tool/lightnix/Release"));
        Assert.False(builds.Has("tool/bin") || builds.Has("tool/obj"));
        Assert.True(builds.Moved.Says("1 stage: all reused, nothing to run"), builds.Moved.ToString());
    }

    public sealed class Builds : Playground
    {
        public Builds()
        {
            Write("tool/tool.csproj", ProjectCreator.CSharp("Exe"));
            Write("tool/Program.cs", "System.IO.File.WriteAllText(args[0], \"1\");");
            Write("data/data.lnproj", ProjectCreator.Lightnix()
                .Item("Stage", "p", ("Program", "../tool/tool.csproj"), ("Arguments", "@{out}/o.txt")).Promise("p", "o.txt"));
            Write("app/app.csproj", ProjectCreator.CSharp().Reference("../data/data.lnproj"));
            Write("all.slnx",
                """<Solution><Project Path="data/data.lnproj" Type="Common C#" /><Project Path="app/app.csproj" /></Solution>""");
            Succeed("build", "data", "-tl:off");
            Directory.Delete(PathOf("tool", "bin"), recursive: true);
            Directory.Delete(PathOf("tool", "obj"), recursive: true);

            // The only package that the feed of these tests has for everybody.
            Write("Directory.Build.props", $"""
                <Project>
                  <PropertyGroup>
                    <RestoreUseStaticGraphEvaluation>true</RestoreUseStaticGraphEvaluation>
                    <RestoreProjectStyle>PackageReference</RestoreProjectStyle>
                    <UseArtifactsOutput>true</UseArtifactsOutput>
                    <NuGetAudit>false</NuGetAudit>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="Lightnix.Templates" Version="{World.SdkVersion}" />
                    <PackageVersion Include="Some.Other" Version="1.0.0" />
                    <PackageDownload Include="Lightnix.Templates" Version="[{World.SdkVersion}]" />
                  </ItemGroup>
                </Project>
                """);
            Restores = [Succeed("restore", "app", "-tl:off"), Succeed("restore", "all.slnx", "-tl:off")];
            Lists =
            [
                Succeed("list", "all.slnx", "package"),
                Succeed("package", "list", "--project", "all.slnx", "--no-restore", "--include-transitive", "--format", "json"),
            ];
            Items = Succeed("msbuild", "data", "-getItem:PackageReference,GlobalPackageReference,PackageVersion,PackageDownload");
            Moved = Succeed("build", "data", "-tl:off");
            Targets = Succeed("msbuild", "data", "-tl:off", $"-t:{string.Join(';', Asked)}");
        }

        static readonly string[] Asked =
        [
            "ResolveReferences", "PrepareForBuild", "ResolvePackageAssets", "GenerateBuildDependencyFile",
                "ResolvePackageDependenciesDesignTime", "CopyFilesToOutputDirectory",
            "DesignTimeResolveAssemblyReferences", "CollectCentralPackageVersions", "CollectNuGetAuditSuppressions",
                "CollectPrunePackageReferences", "CollectSDKReferencesDesignTime",
            "AssignTargetPaths", "CoreBuild", "CoreClean", "PreBuildEvent", "PostBuildEvent", "AllProjectOutputGroups",
                "DocumentationProjectOutputGroup", "SatelliteDllsProjectOutputGroup",
            "PublishItemsOutputGroup", "GetPackagingOutputs", "GetTargetFrameworkProperties", "ResolveFrameworkReferences",
                "ProcessFrameworkReferences", "ResolveSDKReferences",
            "GenerateGlobalUsings", "InitializeSourceControlInformation", "IncrementalClean", "PrepareForPublish", "ComputeFilesToPublish",
                "_GetRequiredWorkloads",
        ];

        public IReadOnlyList<BuildOutput> Restores { get; }

        public IReadOnlyList<BuildOutput> Lists { get; }

        public BuildOutput Items { get; }

        public BuildOutput Moved { get; }

        public BuildOutput Targets { get; }
    }
}
