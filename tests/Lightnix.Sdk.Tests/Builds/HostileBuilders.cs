using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>
/// Builders that leave everything in their output that a store must not take, built by somebody who is not root, without a sandbox.
/// </summary>
public sealed class HostileBuilders : Playground
{
    const string Other = "65534";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Of_an_ordinary_user_have_their_results_refused_or_normalised_and_reach_no_store()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("stages/h.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="base"
                      Command="echo base > @{out}/x; mkdir @{out}/d; echo y > @{out}/d/y; chmod 555 @{out}/d; ln -s d/y @{out}/l" />
                <Promise Include="x;d/y" Stage="base" />
                <Stage Include="refused"
                      Command="cd out; mkfifo f; ln -s /etc/passwd l; ln -s ../../x m; touch s; chmod 4755 s;
                               : > &quot;%24(printf 'a\351')&quot;" />
                <Stage Include="names"
                      Command="cd out; : > Case; : > case; : > &quot;%24(printf '%25s' a:b)&quot;;
                               echo x > hidden; chmod 0 hidden; : > &quot;%24(printf '%250255d' 0)&quot;; chmod 555 ." />
                <Stage Include="linked"
                      Command="chmod -R u+w in; ln in/base/x @{out}/hard; echo more >> @{out}/hard;
                               ln -s in/base/d/y soft; echo more >> soft; cat @{base}/x > @{out}/copy" />
                <Stage Include="open">
                  <Command>
                    echo before > @{out}/w
                    env -i setsid sh -c 'exec 3>>out/w; (i=0; while [ $i -lt 600 ] &amp;&amp; [ ! -e {{PathOf("stages", "stop")}} ];
                      do sleep 0.1; echo late >&amp;3; echo x >> {{PathOf("stages", "late")}}; i=%24((i+1)); done;
                      : > {{PathOf("stages", "stopped")}}) &amp; exit' &lt; /dev/null > /dev/null 2>&amp;1
                  </Command>
                </Stage>
                <Promise Include="w" Stage="open" />
              </ItemGroup>
            </Project>
            """);
        // What he builds with must be his to read: packages, and all that his build makes.
        File.Copy(Directory.GetFiles(World.Packages, $"Lightnix.Sdk.{World.SdkVersion}.nupkg").Single(),
            PathOf("stages", $"Lightnix.Sdk.{World.SdkVersion}.nupkg"));
        Write("stages/nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{PathOf("stages", "packages")}" /></config>
              <packageSources><clear /><add key="packed" value="{PathOf("stages")}" /></packageSources>
            </configuration>
            """);
        Store = PathOf("stages", "store");
        Home = PathOf("stages", "home");
        Sh($"chmod 755 {Root}; mkdir {Home}; [ $(id -u) != 0 ] || chown -R {Other}:{Other} stages");

        try
        {
            var first = Build();

            Assert.NotEqual(0, first.ExitCode);
            var error = Assert.Single(first.Diagnostics, d => d.Kind == "error");
            Assert.Equal(("LNX2007", "h.lnproj(6,5)"), (error.Code, error.Place));
            foreach (var reason in new[] { "'a%E9' has a name that is not UTF-8", "'f' is a FIFO",
                "'l' is an absolute link, to '/etc/passwd'", "'m' is a link out of the tree, to '../../x'", "'s' has a set-id bit" })
                Assert.Contains(reason, error.Text, StringComparison.Ordinal);
            Assert.Equal(2, first.Diagnostics.Count(d => d is { Kind: "warning", Code: "LNX2011", Place: "h.lnproj(9,5)" }));
            Assert.Equal("base\nmore\n", Read("stages/bin/linked/hard"));

            // Somebody writes on, through what he opened before his builder ended.
            var watch = Stopwatch.StartNew();
            for (var seen = Lines("stages/late"); Lines("stages/late") < seen + 3 && watch.Elapsed < Patience;)
                Thread.Sleep(50);
            Assert.True(watch.Elapsed < Patience, "no process wrote on: this test tries nothing");
            Assert.Equal("before\n", Read("stages/bin/open/w"));

            // Every byte of what was chosen is what was stored, and nothing runs again.
            var second = Build("-p:LightnixVerify=true", "-p:LightnixStages=base names linked open");
            Assert.True(second.ExitCode == 0, second.ToString());
            Assert.DoesNotContain("replicate 1 runs", second.Text, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(PathOf("stages", "store", "work")));
        }
        finally
        {
            // It must be gone before its folder is deleted.
            Write("stages/stop", "");
            for (var watch = Stopwatch.StartNew(); Has("stages/late") && !Has("stages/stopped") && watch.Elapsed < Patience;)
                Thread.Sleep(50);
        }
    }

    BuildOutput Build(params string[] properties)
    {
        var start = StartInfo("build", "stages/h.lnproj", "-tl:off");
        foreach (var property in properties)
            start.ArgumentList.Add(property);
        if (Environment.UserName == "root")
        {
            string[] words = ["--reuid", Other, "--regid", Other, "--clear-groups", start.FileName];
            foreach (var (i, word) in words.Index())
                start.ArgumentList.Insert(i, word);
            start.FileName = "setpriv";
        }
        using var build = Process.Start(start)!;
        var (output, error) = (build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        build.WaitForExit();
        return new(build.ExitCode, output.Result + error.Result);
    }

    void Sh(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-euc", script]) { WorkingDirectory = Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
