namespace Lightnix.Sdk;

/// <summary>What builders call the files of a promised folder, and what a C# project that copies them makes of it.</summary>
public sealed class NamesOfOutputFiles : Playground
{
    static readonly string[] Names =
        ["a;b", "c%41d", "e$(HOME)f", "g@(None)h", "i*", "j?", "%25", "quo'te", "-p", "x,y", "(z)", "#n", " lead", "trail "];

    [Fact]
    public void Arrive_as_they_are_or_are_refused()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("outside/victim", "host");
        Write("data/make.sh", string.Concat(Names.Select(
            n => $"printf '%s' \"{n.Replace("$", "\\$", StringComparison.Ordinal)}\" > "
            + $"\"$1/{n.Replace("$", "\\$", StringComparison.Ordinal)}\"\n")));
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Item("Source", "make.sh")
            .Stage("made", "mkdir @{out}/d; sh make.sh @{out}/d")
            .Promise("made", "d", ("CopyToOutputDirectory", "IfDifferent")));
        Write("app/app.csproj", ProjectCreator.CSharp("Exe").Reference("../data/data.lnproj"));
        Write("app/Program.cs", "System.Console.WriteLine(1);");

        Succeed("publish", "app", "-tl:off", "-c", "Debug", "-o", "published");
        Succeed("publish", "data", "-tl:off", "-c", "Debug");
        foreach (var folder in (string[])["app/bin/Debug/net10.0/d", "published/d", "data/publish/d"])
        {
            Assert.Equal(Names.Order(StringComparer.Ordinal),
                Directory.GetFiles(PathOf(folder.Split('/'))).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(Names, n => Assert.Equal(n, File.ReadAllText(PathOf([.. folder.Split('/'), n]))));
        }

        // A path out of the folder where a backslash is taken for a slash, and a line of its own in a list of written files.
        var up = string.Concat(Enumerable.Repeat(@"\..", 20));
        foreach (var script in (string[])[$"echo x > '{up}{PathOf("outside", "victim").Replace('/', '\\')}'",
            $"mkdir -p 'x\n{Root}/outside'; echo x > 'x\n{Root}/outside/victim'"])
        {
            Write("data/make.sh", $"cd $1\n{script}\n");
            var refused = Fail("build", "app", "-tl:off", "--no-restore");
            Assert.Equal(["LNX2007"], refused.Diagnostics.Where(d => d.Kind == "error").Select(d => d.Code));
            Assert.DoesNotContain("outside/victim", Read("app/obj/Debug/net10.0/app.csproj.FileListAbsolute.txt"),
                StringComparison.Ordinal);
        }
        Succeed("clean", "app", "-tl:off");
        Assert.Equal("host", Read("outside/victim"));
    }
}
