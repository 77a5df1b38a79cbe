using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>
/// What reaches the user's terminal, CI system and log of a build whose builders, records and outputs are hostile.
/// </summary>
public sealed class WhatBuildsReport : Playground
{
    static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);

    [Fact]
    public void Holds_no_control_characters_and_no_commands_of_builders()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("stages/a.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="printed" Command="sh hostile.sh; exit 1" />
                <Stage Include="left" Command="sh left.sh" />
                <Stage Include="named" Command="sh named.sh" />
                <Source Include="*.sh" />
                <Stage Include="number" Command="(echo '{&quot;a&quot;:'; head -c 15000000 /dev/zero | tr '\0' 7; echo '}') > @{out}/n.json"
                      />
                <Promise Include="n.json" Stage="number" Type="Json" Pointer="/a" Min="0" />
              </ItemGroup>
            </Project>
            """);
        Write("stages/hostile.sh", """
            printf '\033[31mred\033]0;title\007 \302\233 \b\n'
            echo '##vso[task.setvariable variable=x]y'
            echo '##[error]no'
            echo "##teamcity[buildStop comment='x']"
            echo '::error file=a::no'
            """);
        Write("stages/left.sh", """
            name=$(printf 'x\033[2Jy')
            cp /bin/sleep "$name"
            "./$name" 300 &
            """);
        Write("stages/named.sh", """mkfifo "out/$(printf 'f\033[2J\n##vso[task.complete]')" """);

        var build = Fail("build", "stages/a.lnproj", "-tl:off");

        Assert.DoesNotContain(build.Text, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
        Assert.DoesNotContain("##vso[", build.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("##[", build.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("##teamcity[", build.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(build.Text.Split('\n'), l => l.TrimStart().StartsWith("::", StringComparison.Ordinal));
        Assert.True(build.Says("%1B[31mred%1B]0;title%07 %C2%9B %08"), build.ToString());
        Assert.True(build.Says("x%1B[2Jy ("), build.ToString());
        Assert.True(build.Says("f%1B[2J%0A"), build.ToString());
        Assert.InRange(build.Text.Length, 1, 50_000);
        Assert.Equal(["LNX2001", "LNX2002", "LNX2007", "LNX2008"],
            build.Diagnostics.Where(d => d.Kind == "error").Select(d => d.Code).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_a_run_that_is_only_asked_about_is_what_would_run()
    {
        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("model", $"echo 1 > @{{out}}/a; echo x >> {PathOf("model")}", "a"));
        Succeed("build", "data/data.lnproj", "-tl:off");

        var question = Fail("msbuild", "data/data.lnproj", "-t:LightnixRun", "-p:LightnixStages=model", "-question", "-tl:off");
        var plan = Succeed("msbuild", "data/data.lnproj", "-t:LightnixPlan", "-p:LightnixPlanTarget=LightnixRun", "-p:LightnixStages=model",
            "-tl:off");
        var build = Succeed("msbuild", "data/data.lnproj", "-t:LightnixPlan", "-tl:off");
        var wrong = Fail("msbuild", "data/data.lnproj", "-t:LightnixPlan", "-p:LightnixPlanTarget=Test", "-tl:off");

        Assert.Equal(1, Lines("model"));
        Assert.Contains(question.Diagnostics,
            d => d is { Kind: "error", Code: "LNX2014", Place: "data.lnproj(1,1)" } or { Kind: "error", Code: "LNX2014", Line: > 0 });
        Assert.True(plan.Says("another run was asked for: replicate 2"), plan.ToString());
        Assert.True(build.Says("all reused"), build.ToString());
        Assert.Contains(wrong.Diagnostics, d => d is { Kind: "error", Code: "LNX1016" });
        Assert.Contains(Fail("msbuild", "data/data.lnproj", "-t:Clean", "-question", "-tl:off").Diagnostics,
            d => d is { Kind: "error", Code: "LNX2014" });
        Fail("msbuild", "data/data.lnproj", "-t:Rebuild", "-question", "-tl:off");
        Assert.Equal("1\n", Read("data/bin/model/a"));
    }

    [Fact]
    public async Task Of_taking_a_result_is_that_it_was_cancelled_and_that_its_time_is_over()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Stage", "limited", ("Command", "truncate -s 4T @{out}/f"), ("TimeLimit", "00:00:02"))
            .Stage("other", "echo 1 > @{out}/a", "a"));
        var limited = Fail("build", "data/data.lnproj", "-tl:off");
        Assert.Contains(limited.Diagnostics, d => d is { Kind: "error", Code: "LNX2003", Line: > 0 });
        Assert.Equal("1\n", Read("data/bin/other/a"));

        Write("data/data.lnproj", ProjectCreator.Lightnix().Stage("endless", $"truncate -s 4T @{{out}}/f; : > {PathOf("reached")}"));
        using var build = Process.Start(StartInfo("build", "data/data.lnproj", "-tl:off"))!;
        var output = build.StandardOutput.ReadToEndAsync();
        await Eventually.Is(() => Has("reached"), "the builder was not reached");
        using (var kill = Process.Start("kill", ["-s", "INT", build.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        Assert.True(build.WaitForExit(Seconds), "it was not to be interrupted");
        Assert.NotEqual(0, build.ExitCode);
        Assert.DoesNotContain("MSB4018", await output, StringComparison.Ordinal);
        Assert.Contains("1 stage: 1 stopped", await output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
    }
}
