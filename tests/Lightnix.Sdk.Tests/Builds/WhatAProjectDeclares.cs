using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>What is declared, and what of the working tree a build takes for it.</summary>
public sealed class WhatAProjectDeclares : Playground
{
    [Fact]
    public void A_result_is_no_file_of_the_project()
    {
        Write("other/other.lnproj", ProjectCreator.Lightnix().Stage("b", "printf 1 > @{out}/v", "v"));
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("a", "printf 1 > @{out}/v", "v").Reference("../other/other.lnproj"));
        Succeed("build", "data/data.lnproj");
        Sh("mkdir data/d; ln -s bin/a data/own; ln -s ../other/bin/b data/foreign; ln -s ../bin/a/v data/d/v");

        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("a", "printf 2 > @{out}/v", "v").Reference("../other/other.lnproj")
            .Item("Stage", "own", ("Path", "bin/a"))
            .Item("Stage", "linked", ("Path", "own"))
            .Item("Stage", "foreign", ("Path", "foreign/v"))
            .Item("Stage", "inside", ("Path", "d"))
            .Item("Stage", "url", ("Url", $"file://{PathOf("data/own/v")}"), ("Sha256", new string('0', 64))));
        var output = Fail("build", "data/data.lnproj");

        Assert.Equal(Enumerable.Repeat("LNX1017", 5), output.Diagnostics.DistinctBy(d => d.Place).Select(d => d.Code));
        Assert.Contains("stage 'own': 'bin/a' is below", output.Text, StringComparison.Ordinal);
        Assert.Contains("write '@{a}'", output.Text, StringComparison.Ordinal);
        Assert.Contains("write '@{other:b}'", output.Text, StringComparison.Ordinal);
        Assert.Contains("/data/d/v', which", output.Text, StringComparison.Ordinal);
        Assert.False(output.Ran("a"), output.ToString());
    }

    [Fact]
    public void An_import_leaves_out_what_builds_write()
    {
        Write("data/d/x", "1");
        Variables["NUGET_PACKAGES"] = PathOf("data", ".packages");
        Write("data/sub/sub.lnproj", ProjectCreator.Lightnix().Stage("s", "printf 1 > @{out}/v", "v"));
        Write("data/data.lnproj", ProjectCreator.Lightnix().Property("LightnixStore", "d/.store").Item("Stage", "all", ("Path", "."))
            .Item("Stage", "part", ("Path", "d")));

        Succeed("build", "data/data.lnproj", "-p:LightnixUseLockFile=true");
        Succeed("build", "data/sub/sub.lnproj");
        var second = Succeed("build", "data/data.lnproj");

        Assert.False(second.Ran("all") || second.Ran("part"), second.ToString());
        Assert.True(Has("data/.packages/lightnix.sdk"));
        Assert.Equal(["d", "data.lnproj", "sub"],
            Directory.EnumerateFileSystemEntries(PathOf("data/bin/all")).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
        Assert.Equal(["x"], Directory.EnumerateFileSystemEntries(PathOf("data/bin/part")).Select(p => Path.GetFileName(p)));
        Assert.False(Has("data/bin/all/sub/bin") || Has("data/bin/all/sub/obj") || Has("data/bin/all/d/.store"));
    }

    [Fact]
    public void A_target_of_the_project_is_not_replaced_by_an_empty_one()
    {
        const string target = """<Target Name="{0}" AfterTargets="Publish"><Message Importance="High" Text="{0} of the team" /></Target>""";
        Write("data/Directory.Build.targets", $"<Project>{target.Replace("{0}", "AfterPublish", StringComparison.Ordinal)}</Project>");
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("s", "printf 1 > @{out}/v", "v").Text
            .Replace("</Project>", target.Replace("{0}", "BeforePublish", StringComparison.Ordinal) + "</Project>",
                StringComparison.Ordinal));

        var output = Succeed("publish", "data", "-tl:off");

        Assert.All(["AfterPublish", "BeforePublish"], name => Assert.True(output.Says($"{name} of the team"), output.ToString()));
    }

    [Fact]
    public void What_MSBuild_drops_or_replaces_is_reported_at_its_line()
    {
        Write("feature%2Flogin/src/a.txt", "1");
        Write("feature%2Flogin/data.lnproj", $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                <Stage Include="s" Command="ls > @{"{out}"}/o.txt; echo '%(name)s has %(count)d'" Parameters="a=$(nothing)" />
                <Source Include="src/*.txt" Stage="s" />
                <Source Include="scr/**/*.py" Stage="s" />
                <Promise Include="o.txt" Stage="s" />
              </ItemGroup>
            </Project>
            """);

        var output = Succeed("build", "feature%2Flogin/data.lnproj");

        Assert.Equal(["LNX1011 (3,5)", "LNX1022 (4,5)", "LNX1022 (5,5)"],
            output.Diagnostics.Select(d => $"{d.Code} ({d.Line},{d.Column})").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("'%(count)' in Command by nothing", output.Text, StringComparison.Ordinal);
        Assert.Contains("'$(nothing)' in Parameters by nothing", output.Text, StringComparison.Ordinal);
        Assert.Contains("takes '%2F' in the path", output.Text, StringComparison.Ordinal);
        Fail("build", "feature%2Flogin/data.lnproj", "-warnaserror");
    }

    [Fact]
    public void What_is_no_file_is_reported_by_what_it_is()
    {
        Write("data/src/a.txt", "1");
        Sh("""
            cd data; mkfifo src/pipe; ln -s nowhere src/dangling
            printf 1 > 'src/b\c.txt'; printf 1 > "$(printf 'src/\344.txt')"; ln -s me@host.1 src/.#a.txt
            """);
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("s", "ls > @{out}/o.txt").Item("Source", "src/**").Item("Source", "src")
            .Item("Stage", "i", ("Path", "src/pipe"))
            .Item("Stage", "x", ("Script", "src/dangling"), ("Interpreter", "sh"))
                .Item("Source", "$([System.IO.Path]::Combine('src', '*.py'))"));

        var output = Fail("build", "data/data.lnproj");

        // .NET cannot delete a name that it cannot read.
        Sh("rm -r data/src");
        Assert.All(
            [
                "/src/pipe' is a FIFO; it must be an ordinary file, or a link to one. The wildcard 'src/**' found it",
                "/src/dangling' is a symbolic link to 'nowhere', which leads nowhere",
                @"'b\c.txt' in '",
                "has a name that is not UTF-8, '%E4.txt'",
                "/src' is a folder",
                "'src/pipe' cannot be imported: '",
                "the script 'src/dangling' cannot be read",
                "did not replace this wildcard by files",
            ],
            reported => Assert.Contains(reported, output.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("there is no file", output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("me@host", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_that_is_a_link_is_written_through()
    {
        Write("shared/lock.json", "");
        File.Delete(PathOf("shared/lock.json"));
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("a", "printf 1 > @{out}/v", "v"));
        Sh("ln -s ../shared/lock.json data/lightnix.lock.json");

        Succeed("build", "data/data.lnproj", "-p:LightnixUseLockFile=true");

        Assert.Equal("../shared/lock.json", new FileInfo(PathOf("data/lightnix.lock.json")).LinkTarget);
        Assert.Contains("lightnix/lock/1", Read("shared/lock.json"), StringComparison.Ordinal);
    }

    void Sh(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-ec", script]) { WorkingDirectory = Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
