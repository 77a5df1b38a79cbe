using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Lightnix.Sdk;

/// <summary>MSBuild's server and its nodes, which live on from build to build with all that tasks keep in memory.</summary>
public sealed class ProcessesThatStay : Playground
{
    // MSBuild's processes talk to those only that were started with the same text: no others take part, and ours are known by it.
    readonly string _salt = Guid.NewGuid().ToString("N");

    public ProcessesThatStay()
    {
        Variables["MSBUILDNODEHANDSHAKESALT"] = _salt;
        Variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1";
        Variables["MSBUILDDISABLENODEREUSE"] = "0";
        foreach (var name in new[] { "one", "two" })
        {
            Write($"{name}/input.txt", "A");
            Write($"{name}/{name}.lnproj", ProjectCreator.Lightnix()
                .Item("Source", "input.txt")
                .Item("Stage", "model",
                    ("Command", $"echo $$ > {PathOf("builder")}; while [ -e {PathOf("wait")} ]; do sleep 0.1; done; echo %24(cat "
                    + $"input.txt) $WORD > @{{out}}/model.txt; echo x >> {PathOf("runs")}"), ("PassEnvironment", "WORD"))
                .Promise("model", "model.txt"));
        }
        Write("both.proj",
            """
            <Project>
              <Target Name="Build"><MSBuild Projects="one/one.lnproj;two/two.lnproj" BuildInParallel="true" /></Target>
            </Project>
            """);
    }

    [Fact]
    public void Know_what_changed_since_the_last_build()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            Assert.Equal("A", Build("one/one.lnproj"));
            var server = Assert.Single(Ours());
            Assert.Equal("A", Build("one/one.lnproj"));
            Write("one/input.txt", "B");
            Assert.Equal("B", Build("one/one.lnproj"));
            Assert.Equal(2, Lines("runs"));

            // Another store, and another environment for the builder.
            (Store, Variables["WORD"]) = (PathOf("other-store"), "new");
            Assert.Equal("B new", Build("one/one.lnproj"));
            Assert.StartsWith(Store, new FileInfo(PathOf("one", "bin", "model")).LinkTarget!, StringComparison.Ordinal);
            Assert.Equal(3, Lines("runs"));

            // The store is gone.
            Folder.Delete(Store);
            Assert.Equal("B new", Build("one/one.lnproj"));
            Assert.Equal(4, Lines("runs"));

            Assert.Equal([server], Ours());

            // Cancelled by Ctrl+C: the builder ends, and so does the server (MSBuild's does, whatever it built). The next one goes on.
            Write("one/input.txt", "C");
            Write("wait", "");
            File.Delete(PathOf("builder"));
            Cancel("one/one.lnproj");
            Wait(() => Ours().Count == 0, "the server did not end");
            File.Delete(PathOf("wait"));
            Assert.Equal("C new", Build("one/one.lnproj"));
            Assert.Equal(5, Lines("runs"));

            // Several projects at once, in threads of one process; then in processes that stay.
            Write("one/input.txt", "D");
            Assert.Equal("D new", Build("both.proj", "-mt", "-m:2"));
            Assert.Equal("D new", Build("both.proj", "-m:2"));
            Assert.Equal("A new\n", Read("two/bin/model/model.txt"));
            Assert.Equal(7, Lines("runs"));
            Variables["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
            Write("two/input.txt", "E");
            Assert.Equal("D new", Build("both.proj", "-m:2"));
            Assert.Equal("E new\n", Read("two/bin/model/model.txt"));
        }
        finally
        {
            EndOurs();
        }
    }

    [Fact]
    public void Ask_the_proxy_of_each_build()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var server = new HttpListener();
        var address = Listen(server);
        // Two at a time, so that another process than the server downloads too.
        foreach (var name in new[] { "three", "four" })
            Write($"{name}/{name}.lnproj", ProjectCreator.Lightnix()
                .Item("Stage", "raw", ("Url", $"{address}{name}.txt"),
                    ("Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"/{name}.txt"))))));
        Write("all.proj",
            """
            <Project>
              <Target Name="Build"><MSBuild Projects="three/three.lnproj;four/four.lnproj" BuildInParallel="true" /></Target>
            </Project>
            """);
        try
        {
            Variables["http_proxy"] = "http://127.0.0.1:1";
            Assert.Contains("LNX2002", Fail("build", "all.proj", "-m:2", "-tl:off").Text, StringComparison.Ordinal);
            var stay = Ours();

            Variables.Remove("http_proxy");
            Succeed("build", "all.proj", "-m:2", "-tl:off");
            Assert.Equal("/four.txt", Read("four/bin/raw/four.txt"));

            // The name of no server: only a proxy answers.
            Variables["http_proxy"] = address;
            Write("three/three.lnproj", Read("three/three.lnproj").Replace(address, "http://data.invalid/new/", StringComparison.Ordinal)
                .Replace(Convert.ToHexStringLower(SHA256.HashData("/three.txt"u8)),
                    Convert.ToHexStringLower(SHA256.HashData("/new/three.txt"u8)), StringComparison.Ordinal));
            Succeed("build", "all.proj", "-m:2", "-tl:off");
            Assert.Equal("/new/three.txt", Read("three/bin/raw/three.txt"));
            Assert.Empty(stay.Except(Ours()));
        }
        finally
        {
            EndOurs();
        }
    }

    /// <summary>Answers every request with the path that was asked for, of whatever host.</summary>
    static string Listen(HttpListener server)
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        server.Prefixes.Add($"http://+:{port}/");
        server.Start();
        _ = Task.Run(async () =>
        {
            while (server.IsListening)
            {
                var context = await server.GetContextAsync();
                context.Response.Close(Encoding.UTF8.GetBytes(context.Request.Url!.AbsolutePath), willBlock: true);
            }
        });
        return $"http://127.0.0.1:{port}/";
    }

    void EndOurs()
    {
        foreach (var id in Ours())
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
    }

    string Build(string project, params string[] more)
    {
        Succeed(["build", project, "-tl:off", .. more]);
        return Read("one/bin/model/model.txt").Trim();
    }

    void Cancel(string project)
    {
        // Whatever ignores SIGINT, as a shell's background job does, hands that down to all that it starts.
        var start = StartInfo("--default-signal=INT", "dotnet", "build", project, "-tl:off");
        start.FileName = "env";
        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEndAsync();
        Wait(() => Has("builder") && Read("builder").Length > 0, "the builder was not reached");
        var builder = Read("builder").Trim();
        using (var kill = Process.Start("kill", ["-s", "INT", build.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(build.WaitForExit(TimeSpan.FromSeconds(60)), "the build did not end");
        Assert.NotEqual(0, build.ExitCode);
        Wait(() => !Directory.Exists($"/proc/{builder}"), "the builder did not end: " + output.Result);
    }

    static void Wait(Func<bool> until, string otherwise)
    {
        for (var watch = Stopwatch.StartNew(); !until();)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), otherwise);
            Thread.Sleep(50);
        }
    }

    /// <summary>MSBuild's processes that were started by these builds and live.</summary>
    List<int> Ours() =>
    [
        .. Directory.GetDirectories("/proc")
            .Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]) && ReadOf(d, "environ").Contains(_salt, StringComparison.Ordinal)
            && ReadOf(d, "cmdline").Contains("nodemode", StringComparison.OrdinalIgnoreCase))
            .Select(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)),
    ];

    static string ReadOf(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return "";
        }
    }
}
