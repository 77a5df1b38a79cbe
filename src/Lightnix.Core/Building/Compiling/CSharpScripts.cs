using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Compiles C# file-based apps, each once, into a folder of the cache. The folder is named by a digest of the sources and the
/// installed SDKs. It may be deleted at any time, and nothing in it is hashed.</summary>
sealed partial class CSharpScripts(BuilderSettings settings, DotnetHost dotnet, TrustedPrograms outside, OrphanReaper reaper)
{
    readonly string _folder = Path.Combine(settings.CacheFolder, "scripts");

    /// <summary>Marks the processes of the compiler by the folder to which they write.</summary>
    const string CompiledVariable = "LIGHTNIX_COMPILED";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public abstract record Result
    {
        /// <param name="File">The assembly for <c>dotnet</c>, absolute.</param>
        public sealed record Compiled(string File) : Result;

        public sealed record Broken(string Reason) : Result;
    }

    /// <summary>Compiles a script, or finds it compiled. Messages of the compiler are appended to the log.</summary>
    /// <param name="waiting">Called with the purpose of another process that compiles the same script.</param>
    public async Task<Result> CompileAsync(string workingFolder, RelativePath script, string logFile, Action<string>? waiting,
        CancellationToken cancellationToken)
    {
        if (MeansSomethingToMSBuild().Match(_folder) is { Success: true } special)
        {
            return new Result.Broken(
                $"'{_folder}' has '{special.Value}' in its path, and .NET compiles no C# script in such a folder: choose a store without "
                    + "it (LIGHTNIX_STORE, or LightnixStore)");
        }
        var sources = ScriptSources.Read(workingFolder, script);
        var key = sources.Key(dotnet.Sdks(), CompilerEnvironment.Quoted(outside.Environment, settings.ProjectFolder));
        settings.Keep?.Invoke(key);
        var folder = Path.Combine(_folder, key.ToString());
        if (Find(folder) is { } ready)
            return new Result.Compiled(ready);
        Directory.CreateDirectory(_folder);
        var purpose = string.Create(CultureInfo.InvariantCulture, $"{script}, process {Environment.ProcessId} on {HostFacts.Here.Name}");
        using (settings.Take is null ? null
            : await settings.Take($"compiling {key}", purpose, waiting ?? (_ => { }), cancellationToken).ConfigureAwait(false))
            return Find(folder) is { } made ? new Result.Compiled(made)
                : await CompileAsync(folder, sources, logFile, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>In the folder of a compiled script.</summary>
    const string Done = "done";

    static readonly string[] OfCompilingOnly = ["obj", "source", "home"];

    /// <summary>A folder without this file is a compilation that was killed.</summary>
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

    /// <summary>Notes the day of use for garbage collection.</summary>
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
            // The file is another user's, who notes his own use.
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
        // A compiler that outlived a killed build would write into this folder.
        await reaper.WatchAsync(compiler.Mark!.Value).ConfigureAwait(false);
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
        // Messages show paths of the working folder, which the author knows.
        var text = await File.ReadAllTextAsync(messages, CancellationToken.None).ConfigureAwait(false);
        await File.AppendAllTextAsync(logFile, text.Replace(source.Sources, "", StringComparison.Ordinal), CancellationToken.None)
            .ConfigureAwait(false);
        return new Result.Broken(ended.TimedOut ? $"the C# script was not compiled within {Patience.TotalMinutes} minutes"
            : "the C# script does not compile");
    }

    ProcessCommand Compiler(string folder, ScriptFolder source, string script, string messages) => new()
    {
        File = dotnet.File,
        Name = "dotnet",
        // Properties given here win over #:property. Without native AOT, reflection works and nothing native is restored.
        Words =
        [
            "build", script, "--configuration", "Release", "--output", Path.Combine(folder, "app"), "--artifacts-path",
                Path.Combine(folder, "obj"),
            "--nologo", "--verbosity", "quiet", "-clp:NoSummary", "-tl:off",
            "-p:PublishAot=false", "-p:DebugType=embedded", "-p:UseAppHost=false", "-p:UseSharedCompilation=false",
        ],
        Environment = CompilerHome.In(CompilerEnvironment.Make(outside.Environment, settings.ProjectFolder), Path.Combine(folder, "home"))
            .SetItems(source.Variables(settings.ProjectFolder))
            .SetItem(CompiledVariable, folder),
        Mark = new(CompiledVariable, folder),
        Folder = source.Root,
        LogFile = messages,
    };

    /// <summary>Characters that MSBuild reads as its own syntax. The SDK does not escape them in the path of a script.</summary>
    [GeneratedRegex(@"[;*?]|%[0-9A-Fa-f]{2}|[$@%]\(", RegexOptions.CultureInvariant)]
    private static partial Regex MeansSomethingToMSBuild();
}
