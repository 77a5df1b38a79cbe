using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>
/// A folder with projects, a store of its own, and a real <c>dotnet</c> to build them with. Explains itself when a build went the wrong
/// way.
/// </summary>
public class Playground : IDisposable
{
    static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(10);

    public Playground()
    {
        Store = PathOf("store");
        // No other source: what is tested comes from here, and nothing else is needed.
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{World.PackageFolder}" /></config>
              <packageSources><clear /><add key="packed" value="{World.Packages}" /></packageSources>
            </configuration>
            """);
        // MSBuild looks for these in all folders above.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("lightnix-sdk-").FullName;

    public string Store { get; set; }

    /// <summary>The home of the user who builds; null: of the one who runs the tests.</summary>
    public string? Home { get; set; }

    /// <summary>Variables that builds see beside those of this process, or in place of them.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Write(string path, string text)
    {
        var file = PathOf(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    internal string Write(string path, ProjectCreator project) => Write(path, project.Text);

    public string Read(string path) => File.ReadAllText(PathOf(path.Split('/')));

    public bool Has(string path) => File.Exists(PathOf(path.Split('/'))) || Directory.Exists(PathOf(path.Split('/')));

    /// <summary>How often a builder ran that appends a line to this file.</summary>
    public int Lines(string path) => File.Exists(PathOf(path)) ? File.ReadAllLines(PathOf(path)).Length : 0;

    public BuildOutput Succeed(params string[] arguments)
    {
        var output = Dotnet(arguments);
        Assert.True(output.ExitCode == 0, output.ToString());
        return output;
    }

    public BuildOutput Fail(params string[] arguments)
    {
        var output = Dotnet(arguments);
        Assert.True(output.ExitCode != 0, output.ToString());
        return output;
    }

    public BuildOutput Dotnet(params string[] arguments) => Start(arguments).Result;

    /// <summary>Restores the packed tool, so that <c>dotnet lightnix</c> runs it. .NET remembers in the user's home where a restored tool
    /// is, also of a folder that is gone: without a home that was set, it is one in this folder.</summary>
    public void RestoreTool()
    {
        Home ??= Directory.CreateDirectory(PathOf("home")).FullName;
        Write(".config/dotnet-tools.json", $$$"""
            {
              "version": 1, "isRoot": true,
              "tools": { "lightnix.cli": { "version": "{{{World.SdkVersion}}}", "commands": ["lightnix"] } }
            }
            """);
        Succeed("tool", "restore");
    }

    /// <summary>Starts without waiting, for builds side by side.</summary>
    public Task<BuildOutput> Start(params string[] arguments)
    {
        var start = StartInfo(arguments);
        return Task.Run(() => Wait(start, string.Join(' ', arguments)));
    }

    /// <summary>A <c>dotnet</c> command in this folder, with an environment of its own.</summary>
    internal ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own MSBuild must not leak into this one; nor must what a developer has set for himself.
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        start.Environment["LIGHTNIX_STORE"] = Store;
        foreach (var name in Home is null ? [] : new[] { "HOME", "USERPROFILE", "DOTNET_CLI_HOME" })
            start.Environment[name] = Home;
        // Most builders here count their runs in files outside, which a sandbox would not let them.
        start.Environment["LightnixSandbox"] = "None";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    public void Dispose()
    {
        Folder.Delete(Root);
        GC.SuppressFinalize(this);
    }

    static bool IsForeign(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LIGHTNIX", StringComparison.OrdinalIgnoreCase)
            || name == "CI";

    static async Task<BuildOutput> Wait(ProcessStartInfo start, string commandLine)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeLimit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {commandLine} did not end in {TimeLimit}:\n{await output}{await error}");
        }
        return new(process.ExitCode, $"$ dotnet {commandLine}\n{await output}{await error}");
    }
}
