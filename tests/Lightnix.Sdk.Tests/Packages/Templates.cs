using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>The packed templates in a new home.</summary>
public sealed class Templates(Templates.Projects projects) : IClassFixture<Templates.Projects>
{
    [Fact]
    public void Are_listed_by_their_short_names() =>
        Assert.All(["lightnix ", "lightnix-solution "], name => Assert.True(projects.List.Says(name), projects.List.ToString()));

    [Fact]
    public void Say_what_they_would_write_and_write_nothing()
    {
        Assert.True(projects.DryRun.Says("first.lnproj"), projects.DryRun.ToString());
        Assert.False(projects.WrittenByDryRun);
    }

    [Fact]
    public void Give_a_first_project_that_builds_with_the_sdk_of_their_version()
    {
        Assert.Contains($"""Sdk="Lightnix.Sdk/{World.SdkVersion}">""", projects.Read("first/first.lnproj"), StringComparison.Ordinal);
        Assert.All(["readings", "line", "report"], stage => Assert.True(projects.First.Ran(stage), projects.First.ToString()));
        Assert.Empty(projects.First.Diagnostics);
        Assert.Contains("sales = ", projects.Read("first/bin/report/report.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Give_a_choice_that_matters()
    {
        // As it is chosen: the least error of five that differ.
        Assert.True(projects.First.Says("line: replicate 5 done"), projects.First.ToString());
        Assert.True(projects.First.Says("chosen from 5"), projects.First.ToString());
    }

    [Fact]
    public void Give_a_project_that_runs_nothing_the_second_time() =>
        Assert.True(projects.Second.Says("nothing to run"), projects.Second.ToString());

    [Fact]
    public void Take_names_with_dots_and_dashes_and_the_folders_name()
    {
        Assert.True(projects.Has("other/deep/my.first-project.lnproj"));
        Assert.True(projects.Has("unnamed/unnamed.lnproj"));
        Assert.True(projects.Has("here.lnproj"));
        Assert.True(projects.OtherName.Says("nothing to run"), projects.OtherName.ToString());
    }

    [Fact]
    public void Leave_no_placeholder_behind() =>
        Assert.All(projects.Written,
            file => Assert.DoesNotMatch("LIGHTNIX_SDK|PACKED_VERSION|LightnixProject|LightnixApp", file + File.ReadAllText(file)));

    [Fact]
    public void Let_Git_keep_the_bytes_that_are_hashed() =>
        Assert.All(["first", "my-shop.web"],
            folder => Assert.Contains("eol=lf", projects.Read($"{folder}/.gitattributes"), StringComparison.Ordinal));

    [Fact]
    public void Give_an_app_that_uses_what_its_data_project_chose()
    {
        Assert.Empty(projects.Solution.Diagnostics);
        Assert.Equal("{ \"slope\": ", projects.Read("my-shop.web/my-shop.web/bin/Debug/net10.0/line.json")[..11]);
        Assert.Matches(@"At 20 degrees: 4\d\d sales", projects.App.Text);
    }

    [Fact]
    public void Give_a_data_project_whose_targets_are_named_plainly() =>
        Assert.True(projects.Plan.Says("plan of 2 stages: all reused"), projects.Plan.ToString());

    [Fact]
    public void Give_a_solution_that_runs_nothing_on_another_machine_with_a_copy_of_the_store()
    {
        Assert.True(projects.Elsewhere.Says("nothing to run"), projects.Elsewhere.ToString());
        Assert.DoesNotContain("replicate", projects.Elsewhere.Text, StringComparison.Ordinal);
        Assert.Equal(projects.Read("my-shop.web/my-shop.web/bin/Debug/net10.0/line.json"),
            projects.Read("machine/clone/my-shop.web/bin/Debug/net10.0/line.json"));
    }

    [Fact]
    public void Leave_without_a_trace() => Assert.True(projects.AfterUninstall.Says("No templates"), projects.AfterUninstall.ToString());

    /// <summary>What was done, in order; facts look at what it left.</summary>
    public sealed class Projects : Playground
    {
        public Projects()
        {
            Home = PathOf("home");
            Succeed("new", "install", Path.Combine(World.Packages, $"Lightnix.Templates.{World.SdkVersion}.nupkg"));
            List = Succeed("new", "list", "lightnix");

            DryRun = Succeed("new", "lightnix", "-n", "first", "--dry-run");
            WrittenByDryRun = Has("first");

            Succeed("new", "lightnix", "-n", "first");
            First = Succeed("build", "first", "-tl:off");
            Second = Succeed("build", "first", "-tl:off");

            Succeed("new", "lightnix", "-n", "here", "-o", ".");
            Succeed("new", "lightnix", "-o", "unnamed");
            Succeed("new", "lightnix", "-n", "my.first-project", "-o", "other/deep");
            OtherName = Succeed("build", "other/deep", "-tl:off");

            Succeed("new", "lightnix-solution", "-n", "my-shop.web");
            Written = [.. new[] { "first", "my-shop.web", "unnamed", Path.Combine("other", "deep") }.SelectMany(
                f => Directory.EnumerateFiles(PathOf(f))),
                .. Directory.EnumerateFiles(PathOf("my-shop.web"), "*.*", SearchOption.AllDirectories)];
            Copy("my-shop.web", "machine/clone");
            Solution = Succeed("build", "my-shop.web", "-tl:off");
            Plan = Succeed("build", "my-shop.web", "-t:Data:LightnixPlan", "-tl:off");
            App = Succeed("run", "--project", "my-shop.web/my-shop.web", "--no-build", "--", "20");

            Succeed("new", "uninstall", "Lightnix.Templates");
            AfterUninstall = Fail("new", "list", "lightnix");

            Copy("store", "machine/store");
            (Home, Store) = (PathOf("machine", "home"), PathOf("machine", "store"));
            Elsewhere = Succeed("build", "machine/clone", "-tl:off");
        }

        public BuildOutput List { get; }

        public BuildOutput DryRun { get; }

        public bool WrittenByDryRun { get; }

        public BuildOutput First { get; }

        public BuildOutput Second { get; }

        public BuildOutput OtherName { get; }

        public IReadOnlyList<string> Written { get; }

        public BuildOutput Solution { get; }

        public BuildOutput Plan { get; }

        public BuildOutput App { get; }

        public BuildOutput AfterUninstall { get; }

        public BuildOutput Elsewhere { get; }

        /// <summary>With modes and times, as somebody would who moves a store.</summary>
        void Copy(string from, string to)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to.Split('/')))!);
            using var copy = Process.Start("cp", ["-a", PathOf(from), PathOf(to.Split('/'))]);
            copy.WaitForExit();
            Assert.Equal(0, copy.ExitCode);
        }
    }
}
