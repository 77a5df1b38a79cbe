using System.Collections.Concurrent;
using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>The builds of <see cref="EveryVerb"/>, in order; facts look at what they left.</summary>
public sealed class VerbBuilds : Playground
{
    readonly List<SaidAndSeen> _said = [];

    public VerbBuilds()
    {
        WriteProjects();
        BeforeAnything();
        StoreBefore = Has("store");
        Alone();
        foreach (var solution in new[] { "new.slnx", "old.sln" })
            InSolution(solution);
        Referenced();
        Artifacts();
        Mistaken();
        MarksAtTheEnd = Lines("runs");
        Watch();
        MarksAfterWatch = Lines("runs");
        WatchedApp = WatchApp();
    }

    /// <summary>All that must succeed, in order.</summary>
    public IReadOnlyList<SaidAndSeen> Said => _said;

    public bool StoreBefore { get; }

    public bool LinksBesideArtifacts { get; private set; }

    public BuildOutput TerminalTest { get; private set; } = null!;

    public BuildOutput OtherTestMode { get; private set; } = null!;

    public BuildOutput BrokenTest { get; private set; } = null!;

    public BuildOutput Run { get; private set; } = null!;

    public BuildOutput PackageAdd { get; private set; } = null!;

    public BuildOutput NamedSource { get; private set; } = null!;

    public BuildOutput Question { get; private set; } = null!;

    public int MarksAtTheEnd { get; }

    public int MarksAfterWatch { get; }

    /// <summary>What an app said that `dotnet watch` started: before an edit, and after it.</summary>
    public (bool Old, bool New, string Text) WatchedApp { get; }

    void BeforeAnything()
    {
        Say("restore", "data", "-tl:off");
        Say("clean", "data", "-tl:off");
        Say("msbuild", "data", "-getItem:Stage", "-getProperty:LightnixLinkDir");
        // As an IDE that opens the solution.
        Say("msbuild", "data", "-tl:off", "-t:LightnixRealize;CompileDesignTime", "-p:DesignTimeBuild=true", "-p:BuildingProject=false");
        foreach (var solution in new[] { "old.sln", "new.slnx" })
        {
            Say("new", "sln", "-n", Path.GetFileNameWithoutExtension(solution), "--format", Path.GetExtension(solution)[1..]);
            Say("sln", solution, "add", "data/data.lnproj", "lone/lone.lnproj", "app/app.csproj");
            Say("sln", solution, "list");
            Say("sln", solution, "remove", "lone/lone.lnproj");
        }
        Say("reference", "add", "lone/lone.lnproj", "--project", "app");
        Say("reference", "list", "--project", "app");
        Say("reference", "remove", "lone/lone.lnproj", "--project", "app");
        Say("restore", "new.slnx", "-tl:off");
    }

    void Alone()
    {
        Say("build", "data", "-tl:off");
        Say("build", "data", "-tl:off", "-c", "Release", "-warnaserror", $"-bl:{PathOf("build.binlog")}");
        Say("build", "data", "-tl:off", "-nologo", "-v:q", "-t:Rebuild");
        Say("build", "data", "-tl:off", "--no-restore", "-question");
        Say("build", "data", "-tl:off", "-check", "-o", PathOf("out"));
        Say("msbuild", "data", "-tl:off", "-graph", "-isolate");
        Say("test", "data", "-tl:off", "--no-build", "--logger", "trx");
        TerminalTest = Succeed("test", "data", "-tl:on");
        Say("msbuild", "data/data.lnproj", "-tl:off", "-t:LightnixTest");
        Say("publish", "data", "-tl:off", "-o", PathOf("published"));
        Say("publish", "data", "-tl:off", "-o", PathOf("data", "handed"));
        Say("publish", "data", "-tl:off", "--artifacts-path", PathOf("data", "artifacts"));
        Say("pack", "data", "-tl:off");
        Say("msbuild", "data", "-getTargetResult:GetLightnixArtifacts");
        // A solution without a C# project, in which NuGet finds nothing to restore.
        Say("build", "alone.slnx", "-tl:off", "-warnaserror");
        Say("msbuild", "alone.slnx", "-tl:off", @"-t:sets\data:LightnixPlan");
        Say("clean", "data", "-tl:off");
        Say("test", "data", "-tl:off");
    }

    void InSolution(string solution)
    {
        Say("build", solution, "-tl:off");
        Say("build", solution, "-tl:off", "--no-restore", "-nologo", "-v:q", "-warnaserror");
        Say("msbuild", solution, "-tl:off", "-graph", "-isolate");
        Say("build", solution, "-tl:off", "--no-restore", "-t:data:LightnixPlan");
        Say("test", solution, "-tl:off", "--no-restore");
        Say("publish", solution, "-tl:off", "--no-restore");
        Say("clean", solution, "-tl:off");
    }

    void Referenced()
    {
        Say("test", "app", "-tl:off", "--no-restore");
        Say("pack", "app", "-tl:off", "-v:q");
        Say("run", "--project", "app");
        Say("clean", "app", "-tl:off");
        Say("build", "app", "-tl:off", "-c", "Release", "-o", PathOf("out"));
    }

    void Artifacts()
    {
        Succeed("sln", "new.slnx", "add", "lone/lone.lnproj");
        Succeed("clean", "new.slnx", "-tl:off");
        // What the store has for one project, it has for the other, which says the same.
        Say("build", "new.slnx", "-tl:off", "--artifacts-path", PathOf("artifacts"));
        Say("publish", "data", "-tl:off", "--artifacts-path", PathOf("artifacts"));
        LinksBesideArtifacts = Has("data/bin/count");
        Succeed("sln", "new.slnx", "remove", "lone/lone.lnproj");
    }

    void Mistaken()
    {
        Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        OtherTestMode = Dotnet("test", "--solution", "new.slnx", "-tl:off");
        File.Delete(PathOf("global.json"));
        Run = Fail("run", "--project", "data/data.lnproj");
        PackageAdd = Fail("package", "add", "Newtonsoft.Json", "--version", "13.0.3", "--project", "data/data.lnproj");

        var project = Read("data/data.lnproj");
        Write("data/data.lnproj", project.Replace("Min=\"1\"", "Min=\"9\"", StringComparison.Ordinal));
        BrokenTest = Fail("test", "data", "-tl:off", "--no-build");
        Write("data/data.lnproj", project.Replace("**/*.txt", "**/*.txt;publish/count.txt", StringComparison.Ordinal));
        NamedSource = Fail("build", "data", "-tl:off");
        Write("data/data.lnproj", project);
        Write("data/words.txt", "four words are here\n");
        Question = Fail("build", "data", "-tl:off", "-question");
        Write("data/words.txt", "one two three\n");
    }

    /// <summary>One edit, one more run; then it is ended.</summary>
    void Watch() => UnderWatch(
        ["--project", "data/data.lnproj", "--non-interactive", "build", "-tl:off"],
        // It says so when a build is over and it looks at files.
        ("Waiting for a file to change", () => Write("data/words.txt", "four words are here\n")),
        ("Waiting for a file to change", null));

    /// <summary>With hot reload. The app shares a library with the program of a stage that it reads.</summary>
    (bool Old, bool New, string Text) WatchApp()
    {
        Write("watched/lib/lib.csproj", ProjectCreator.CSharp());
        Write("watched/lib/Lib.cs", "public static class Lib { public static string Word => \"three\"; }");
        Write("watched/tool/tool.csproj", ProjectCreator.CSharp("Exe").Reference("../lib/lib.csproj"));
        Write("watched/tool/Program.cs", "System.IO.File.WriteAllText(args[0], Lib.Word);");
        Write("watched/data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Stage", "word", ("Program", "../tool/tool.csproj"), ("Arguments", "@{out}/word.txt"))
            .Promise("word", "word.txt", ("CopyToOutputDirectory", "IfDifferent")));
        Write("watched/app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../lib/lib.csproj").Reference("../data/data.lnproj"));
        var app = """
            while (true)
            {
                var word = System.IO.Path.Combine(System.AppContext.BaseDirectory, "word.txt");
                System.Console.WriteLine(Saying() + System.IO.File.ReadAllText(word));
                System.Threading.Thread.Sleep(100);
            }
            static string Saying() => "OLD " + Lib.Word;
            """;
        Write("watched/app/Program.cs", app);
        var (seen, text) = UnderWatch(
            ["--project", "watched/app/app.csproj", "--non-interactive", "run"],
            ("Waiting for changes", null),
            ("OLD threethree", () => Write("watched/app/Program.cs", app.Replace("OLD", "NEW", StringComparison.Ordinal))),
            ("NEW threethree", null));
        return (seen > 1, seen > 2, text);
    }

    /// <summary>
    /// Waits for lines with these texts, one after the other, and answers each; then the watch is ended. How many of them came, and all
    /// that was said.
    /// </summary>
    (int Seen, string Text) UnderWatch(string[] arguments, params (string Text, Action? Answer)[] awaited)
    {
        using var watch = new Process { StartInfo = StartInfo(["watch", .. arguments]) };
        using var lines = new BlockingCollection<string>();
        watch.OutputDataReceived += (_, e) => lines.Add(e.Data ?? "");
        watch.ErrorDataReceived += (_, e) => lines.Add(e.Data ?? "");
        watch.Start();
        watch.BeginOutputReadLine();
        watch.BeginErrorReadLine();
        var (seen, text) = (0, new StringBuilder());
        try
        {
            while (seen < awaited.Length && lines.TryTake(out var line, TimeSpan.FromMinutes(2)))
            {
                text.AppendLine(line);
                if (!line.Contains(awaited[seen].Text, StringComparison.Ordinal))
                    continue;
                awaited[seen].Answer?.Invoke();
                seen++;
            }
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
            // All that was said has been taken when this returns.
            watch.WaitForExit();
        }
        return (seen, text.ToString());
    }

    void Say(params string[] arguments)
    {
        var output = Dotnet(arguments);
        var resolved = Path.Combine(Store, "resolved");
        var records = Directory.Exists(resolved) ? Directory.GetFiles(resolved, "run.*", SearchOption.AllDirectories).Length : 0;
        _said.Add(new(string.Join(' ', arguments), output, Lines("runs"), records));
    }

    void WriteProjects()
    {
        var runs = PathOf("runs");
        foreach (var name in new[] { "data", "lone" })
        {
            Write($"{name}/{name}.lnproj", $$"""
                <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
                  <ItemGroup>
                    <Stage Include="words" Path="words.txt" />
                    <Stage Include="count" Command="wc -w &lt; @{words/words.txt} | tr -d ' ' > @{out}/count.txt; echo x >> {{runs}}" />
                    <Source Include="**/*.txt" Stage="count" />
                    <Promise Include="words.txt" Stage="words" />
                    <Promise Include="count.txt" Stage="count" Type="Number" Min="1" CopyToOutputDirectory="IfDifferent" />
                  </ItemGroup>
                </Project>
                """);
            Write($"{name}/words.txt", "one two three\n");
        }
        Write("alone.slnx", """<Solution><Folder Name="/sets/"><Project Path="data/data.lnproj" Type="Common C#" /></Folder></Solution>""");
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("app/Program.cs",
            """
            var count = System.IO.Path.Combine(System.AppContext.BaseDirectory, "count.txt");
            System.Console.WriteLine(System.IO.File.ReadAllText(count).Trim());
            """);
    }

    /// <summary>
    /// A command, what it printed, and how often the stage had run by then: by its marks, and by the records of the store.
    /// </summary>
    public sealed record SaidAndSeen(string Line, BuildOutput Output, int Marks, int Records)
    {
        public bool IsFirstBuild => Line == "build data -tl:off";

        public override string ToString() => $"{Output}\n{Marks} marks, {Records} records";
    }
}
