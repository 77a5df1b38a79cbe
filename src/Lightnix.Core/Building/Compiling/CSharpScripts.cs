using System.Globalization;
using System.Text.RegularExpressions;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>
/// C# file-based apps, compiled when they must run and once: into a folder of Lightnix's own, known by what it is compiled from and the SDKs installed.
/// The folder may be deleted at any time; nothing in it is hashed.
/// </summary>
/// <param name="keep">Told of each script before it is looked for, by the digest that names its folder: from then on nobody takes it away.</param>
sealed partial class CSharpScripts(string cacheFolder, DotnetHost dotnet, OutsidePrograms outside, string? projectFolder, Watchman watchman, TakeLock? take, Action<Digest>? keep)
{
    /// <summary>What the compiler's processes are known by: the folder that they write to.</summary>
    const string CompiledVariable = "LIGHTNIX_COMPILED";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>A compiled script, or why it is none.</summary>
    public abstract record Result
    {
        /// <param name="File">The assembly for <c>dotnet</c>, absolute.</param>
        public sealed record Compiled(string File) : Result;

        public sealed record Broken(string Reason) : Result;
    }

    /// <summary>Compiles a script, or finds it compiled. What the compiler has to say against it is appended to the log.</summary>
    /// <param name="waiting">Called with what another one does who compiles the same.</param>
    public async Task<Result> CompileAsync(string workingFolder, RelativePath script, string logFile, Action<string>? waiting, CancellationToken cancellationToken)
    {
        if (MeansSomethingToMSBuild().Match(cacheFolder) is { Success: true } special)
        {
            return new Result.Broken(
                $"'{cacheFolder}' has '{special.Value}' in its path, and .NET compiles no C# script in such a folder: choose a store without it (LIGHTNIX_STORE, or LightnixStore)");
        }
        var sources = ScriptSources.Read(workingFolder, script);
        var key = sources.Key(dotnet.Sdks(), CompilerEnvironment.Quoted(outside.Environment, projectFolder));
        keep?.Invoke(key);
        var folder = Path.Combine(cacheFolder, key.ToString());
        if (Find(folder) is { } ready)
            return new Result.Compiled(ready);
        Directory.CreateDirectory(cacheFolder);
        var purpose = string.Create(CultureInfo.InvariantCulture, $"{script}, process {Environment.ProcessId} on {HostFacts.Here.Name}");
        using (take is null ? null : await take($"compiling {key}", purpose, waiting ?? (_ => { }), cancellationToken).ConfigureAwait(false))
            return Find(folder) is { } made ? new Result.Compiled(made) : await CompileAsync(folder, sources, logFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>In the folder of a compiled script.</summary>
    const string Done = "done";

    static readonly string[] OfCompilingOnly = ["obj", "source", "home"];

    /// <summary>The name of the assembly is written last: a folder without it is what a killed compilation left.</summary>
    static string? Find(string folder)
    {
        var done = Path.Combine(folder, Done);
        if (!File.Exists(done))
            return null;
        var file = Path.Combine(folder, "app", File.ReadAllText(done));
        if (!File.Exists(file))
            return null;
        Touch(done);
        return file;
    }

    /// <summary>When it was used, to the day: garbage collection asks.</summary>
    static void Touch(string done)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            if (File.GetLastWriteTimeUtc(done) < now.AddDays(-1))
                File.SetLastWriteTimeUtc(done, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's: for him it is used when he uses it.
        }
    }

    async Task<Result> CompileAsync(string folder, ScriptSources sources, string logFile, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var source = new ScriptFolder(Path.Combine(folder, "source"));
        var file = source.Write(sources);
        var messages = Path.Combine(folder, "messages");
        var compiler = Compiler(folder, source, file, messages);
        // One that outlived a killed build would write into what the next one compiles.
        await watchman.WatchAsync(compiler.Mark!.Value).ConfigureAwait(false);
        var ended = await ProcessRunner.RunAsync(compiler, Patience, cancellationToken).ConfigureAwait(false);
        var app = Path.Combine(folder, "app");
        var configurations = Directory.Exists(app) ? Directory.GetFiles(app, "*.runtimeconfig.json") : [];
        if (ended.Status.Succeeded && configurations is [var configuration])
        {
            var assembly = Path.GetFileName(configuration).Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
            foreach (var used in OfCompilingOnly.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
                Directory.Delete(used, recursive: true);
            await File.WriteAllTextAsync(Path.Combine(folder, Done), assembly, CancellationToken.None).ConfigureAwait(false);
            return new Result.Compiled(Path.Combine(app, assembly));
        }
        // The author knows the script by its own path, not by where it was compiled.
        var text = await File.ReadAllTextAsync(messages, CancellationToken.None).ConfigureAwait(false);
        await File.AppendAllTextAsync(logFile, text.Replace(source.Sources, "", StringComparison.Ordinal), CancellationToken.None).ConfigureAwait(false);
        return new Result.Broken(ended.TimedOut ? $"the C# script was not compiled within {Patience.TotalMinutes} minutes" : "the C# script does not compile");
    }

    ProcessCommand Compiler(string folder, ScriptFolder source, string script, string messages) => new()
    {
        File = dotnet.File,
        Name = "dotnet",
        // Properties given here win over #:property: without native AOT (reflection works, nothing native is restored), with line numbers inside the assembly.
        Words =
        [
            "build", script, "--configuration", "Release", "--output", Path.Combine(folder, "app"), "--artifacts-path", Path.Combine(folder, "obj"),
            "--nologo", "--verbosity", "quiet", "-clp:NoSummary", "-tl:off",
            "-p:PublishAot=false", "-p:DebugType=embedded", "-p:UseAppHost=false", "-p:UseSharedCompilation=false",
        ],
        Environment = CompilerHome.In(CompilerEnvironment.Make(outside.Environment, projectFolder), Path.Combine(folder, "home"))
            .SetItems(source.Variables(projectFolder))
            .SetItem(CompiledVariable, folder),
        Mark = new(CompiledVariable, folder),
        Folder = source.Root,
        LogFile = messages,
    };

    /// <summary>Characters that MSBuild reads as its own syntax. The SDK does not escape them in the path of a script.</summary>
    [GeneratedRegex(@"[;*?]|%[0-9A-Fa-f]{2}|[$@%]\(", RegexOptions.CultureInvariant)]
    private static partial Regex MeansSomethingToMSBuild();
}
