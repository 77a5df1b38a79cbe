using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>A random model and a report on it: pinned, built locked on "another machine", updated, merged badly.</summary>
public sealed class LockedBuilds : Playground
{
    const string Lock = "data/lightnix.lock.json";

    [Fact]
    public void Select_what_is_pinned_and_run_nothing()
    {
        UseTool("1.0");
        Write("data/numbers.txt", "1\n");
        Write("data/data.lnproj", Project());

        Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.False(Has(Lock));
        Succeed("msbuild", "data/data.lnproj", "-t:LightnixPlan", "-p:LightnixUseLockFile=true", "-tl:off");
        Succeed("msbuild", "data/data.lnproj", "-t:LightnixRealize;GetCopyToOutputDirectoryItems", "-p:DesignTimeBuild=true",
            "-p:LightnixUseLockFile=true");
        Assert.False(Has(Lock));
        var first = Build("-p:LightnixUseLockFile=true");
        Assert.True(first.Says("wrote lightnix.lock.json: model, numbers, report"), first.ToString());
        var pinned = Read(Lock);
        var model = Read("data/bin/model/id");
        Assert.DoesNotContain(Root, pinned, StringComparison.Ordinal);

        // It is used from now on, and a second build does not touch it.
        var written = File.GetLastWriteTimeUtc(PathOf(Lock));
        Assert.False(Build().Says("wrote"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(PathOf(Lock)));

        // Another run is looked at, and pinned; the older pins come back as a commit would bring them.
        Assert.True(Succeed("msbuild", "data/data.lnproj", "-t:LightnixRun", "-p:LightnixStages=model", "-tl:off")
            .Says("wrote lightnix.lock.json: model"));
        Assert.Equal(2, Lines("models"));
        Write(Lock, pinned);
        Build();
        Assert.Equal((model, pinned), (Read("data/bin/model/id"), Read(Lock)));

        // A clean clone on another machine: another folder, the store copied, other tools.
        Directory.CreateDirectory(PathOf("clone"));
        foreach (var file in new[] { "data.lnproj", "numbers.txt", "lightnix.lock.json" })
            Write($"clone/{file}", Read($"data/{file}"));
        using (var copy = Process.Start("cp", ["-a", Store, PathOf("other-store")]))
            copy.WaitForExit();
        UseTool("2.0");
        var locked = Succeed("build", "clone/data.lnproj", "-tl:off", "-p:LightnixLockedMode=true",
            $"-p:LightnixStore={PathOf("other-store")}");
        Assert.True(locked.Says("3 stages: all reused, nothing to run"), locked.ToString());
        Assert.Equal((model, 2), (Read("clone/bin/model/id"), Lines("models")));
        Assert.Equal(pinned, Read("clone/lightnix.lock.json"));

        var elsewhere = Succeed("msbuild", "clone/data.lnproj", "-t:LightnixPlan", "-tl:off", $"-p:LightnixStore={PathOf("other-store")}");
        Assert.True(elsewhere.Says("tool versioned was '1.0' and is '2.0'"), elsewhere.ToString());

        // What does not match is reported at the stage, with what changed.
        Write("clone/numbers.txt", "2\n");
        Write("clone/data.lnproj", Project(report: "cat @{model/id} @{numbers/numbers.txt} > @{out}/report; true"));
        var changed =
            Fail("build", "clone/data.lnproj", "-tl:off", "-p:LightnixLockedMode=true", $"-p:LightnixStore={PathOf("other-store")}");
        Assert.Equal([("LNX1012", 3), ("LNX1012", 6)], changed.Diagnostics.Select(d => (d.Code, d.Line)));
        Assert.Contains("the imported content changed", changed.Text, StringComparison.Ordinal);
        Assert.Contains("Command was ", changed.Text, StringComparison.Ordinal);

        UseTool("1.0");

        // Where nothing is, nothing can be selected.
        var empty = Fail("build", "data/data.lnproj", "-tl:off", "-p:LightnixLockedMode=true", $"-p:LightnixStore={PathOf("empty-store")}");
        Assert.True(empty.Diagnostics.All(d => d.Code == "LNX1012") && empty.Says("is not in the store"), empty.ToString());
        Assert.Equal(2, Lines("models"));

        // One stage is updated, without the others.
        Assert.True(Build("-p:LightnixUpdate=model").Says("wrote lightnix.lock.json: model, report"));
        Assert.NotEqual(model, Read("data/bin/model/id"));
        Assert.True(Fail("build", "data/data.lnproj", "-tl:off", "-p:LightnixUpdate=modle")
            .Says("LightnixUpdate: no stage is called 'modle'. Did you mean 'model'?"));

        // A conflict is an error at its line, in every build.
        Write(Lock, pinned.Replace("    \"numbers\":", "<<<<<<< HEAD\n    \"numbers\":", StringComparison.Ordinal));
        var conflict = Fail("build", "data/data.lnproj", "-tl:off");
        var line = Array.IndexOf(Read(Lock).Split('\n'), "<<<<<<< HEAD") + 1;
        Assert.Equal(("LNX1012", "lightnix.lock.json", line, 1),
            Assert.Single(conflict.Diagnostics.Select(d => (d.Code, d.File, d.Line, d.Column))));
    }

    [Fact]
    public void Have_a_lock_file_each_where_two_projects_are_in_one_folder()
    {
        Write("two/a.lnproj", Small("a"));
        Write("two/b.csproj", Small("b"));
        Write("two/Directory.Build.props",
            "<Project><PropertyGroup><LightnixUseLockFile>true</LightnixUseLockFile></PropertyGroup></Project>");
        Succeed("build", "two/a.lnproj", "-tl:off");

        var error = Fail("build", "two/b.csproj", "-tl:off");
        Assert.Equal("LNX1012", Assert.Single(error.Diagnostics).Code);
        Assert.True(error.Says("'lightnix.b.lock.json'"), error.ToString());

        Succeed("build", "two/b.csproj", "-tl:off", "-p:LightnixLockFile=lightnix.b.lock.json");
        Succeed("build", "two/b.csproj", "-tl:off", "-p:LightnixLockedMode=true");
        Succeed("build", "two/a.lnproj", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.Contains("\"project\": \"b.csproj\"", Read("two/lightnix.b.lock.json"), StringComparison.Ordinal);
        // One that has nothing to pin wants none, and takes no notice of its neighbours'.
        Write("two/none.lnproj", $"""<Project Sdk="Lightnix.Sdk/{World.SdkVersion}" />""");
        Succeed("build", "two/none.lnproj", "-tl:off", "-p:LightnixLockedMode=true");

        File.Delete(PathOf("two", "lightnix.lock.json"));
        var missing = Fail("build", "two/a.lnproj", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.True(missing.Says("there is no lock file"), missing.ToString());
        var contradiction =
            Fail("msbuild", "two/b.csproj", "-t:LightnixRun", "-p:LightnixStages=b", "-p:LightnixLockedMode=true", "-tl:off");
        Assert.True(contradiction.Says("LightnixLockedMode=true and LightnixRun contradict each other"), contradiction.ToString());

        static string Small(string stage) => $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <PropertyGroup><LightnixLinkDir>bin/$(MSBuildProjectName)/</LightnixLinkDir></PropertyGroup>
              <ItemGroup><Stage Include="{{stage}}" Command="ls > @{out}/x" /></ItemGroup>
              <!-- A lock file is never a source: it would change with every build. -->
              <ItemGroup><Source Include="*.json" /></ItemGroup>
            </Project>
            """;
    }

    BuildOutput Build(params string[] arguments) => Succeed(["build", "data/data.lnproj", "-tl:off", .. arguments]);

    void UseTool(string version)
    {
        var tool = Write($"tools-{version}/versioned", $"#!/bin/sh\necho {version}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, (UnixFileMode)0x1ED);
        Variables["PATH"] = $"{PathOf($"tools-{version}")}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    string Project(string report = "cat @{model/id} @{numbers/numbers.txt} > @{out}/report") => $$"""
        <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
          <ItemGroup>
            <Stage Include="numbers" Path="numbers.txt" />
            <Stage Include="model" Command="head -c 8 /dev/urandom | od -An -tx1 > @{out}/id; echo x >> {{PathOf("models")}}"
                  Tools="versioned" />
            <Stage Include="report" Command="{{report}}" />
            <Promise Include="numbers.txt" Stage="numbers" />
            <Promise Include="id" Stage="model" />
            <Promise Include="report" Stage="report" />
          </ItemGroup>
        </Project>
        """;
}
