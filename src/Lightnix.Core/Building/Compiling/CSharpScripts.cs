using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Compiles C# file-based apps, each once, into a folder of the cache. The folder is named by a digest of the sources and the
/// installed SDKs. It may be deleted at any time, and nothing in it is hashed.</summary>
sealed partial class CSharpScripts(BuilderSettings settings, DotnetHost dotnet, TrustedPrograms outside, OrphanReaper reaper)
{
    readonly string _folder = Path.Combine(settings.CacheFolder, "scripts");
    readonly ScriptCompiler _compiler = new(settings, dotnet, outside, reaper);

    public abstract record Result
    {
        /// <param name="File">The assembly for <c>dotnet</c>, absolute.</param>
        public sealed record Compiled(string File) : Result;

        public sealed record Broken(string Reason) : Result;
    }

    /// <summary>Compiles a script, or finds it compiled. Messages of the compiler are appended to the log.</summary>
    public async Task<Result> CompileAsync(BuildRequest request, RelativePath script, CancellationToken cancellationToken)
    {
        if (MeansSomethingToMSBuild().Match(_folder) is { Success: true } special)
        {
            return new Result.Broken(
                $"'{_folder}' has '{special.Value}' in its path, and .NET compiles no C# script in such a folder: choose a store without "
                    + "it (LIGHTNIX_STORE, or LightnixStore)");
        }
        var hasCheckpoint = request.Recipe.Environment.ContainsKey(WorkingFolder.CheckpointVariable);
        var sources = ScriptSources.Read(request.WorkingFolder, script, hasCheckpoint);
        var (key, shape) = sources.Keys(dotnet.Sdks(), CompilerEnvironment.Quoted(outside.Environment, settings.ProjectFolder));
        settings.Keep?.Invoke(key);
        var folder = new CompilationFolder(Path.Combine(_folder, key.ToString()));
        if (Find(folder) is { } ready)
            return new Result.Compiled(ready);
        request.Compiling?.Invoke();
        Directory.CreateDirectory(_folder);
        var here = string.Create(CultureInfo.InvariantCulture, $", process {Environment.ProcessId} on {HostFacts.Here.Name}");
        // Scripts with one shape are compiled in one folder, one after the other.
        var name = $"compiling {shape ?? key}";
        using var held = settings.Take is { } take
            ? await take(name, $"{script}{here}", Waiting, cancellationToken).ConfigureAwait(false) : null;
        if (Find(folder) is { } made)
        {
            request.Compiled?.Invoke(null);
            return new Result.Compiled(made);
        }
        var clock = Stopwatch.StartNew();
        if (shape is not null)
            settings.Keep?.Invoke(shape);
        var result = shape is null ? await BuildAsync(folder, sources, request.LogFile, cancellationToken).ConfigureAwait(false)
            : await CompileAsync(folder, new(Path.Combine(_folder, shape.ToString()!)), sources, request.LogFile, cancellationToken)
                .ConfigureAwait(false);
        request.Compiled?.Invoke(clock.Elapsed);
        return result;

        // This build's own compilation is reported as such.
        void Waiting(string holder)
        {
            if (!holder.EndsWith(here, StringComparison.Ordinal))
                request.Waiting?.Invoke(holder);
        }
    }

    /// <summary>In the folder of a compiled script.</summary>
    const string Done = "done";

    /// <summary>A folder without this file is a compilation that was killed.</summary>
    static string? Find(CompilationFolder folder)
    {
        var done = Path.Combine(folder.Root, Done);
        if (!File.Exists(done))
            return null;
        var file = Path.Combine(folder.Program, File.ReadAllText(done));
        if (!File.Exists(file))
            return null;
        Touch(done);
        return file;
    }

    /// <summary>Notes the use, once an hour, for garbage collection.</summary>
    static void Touch(string done)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            if (File.GetLastWriteTimeUtc(done) < now.AddHours(-1))
                File.SetLastWriteTimeUtc(done, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is another user's, who notes his own use.
        }
    }

    /// <param name="shared">Folder of all scripts that differ only in their statements. MSBuild has compiled the first of them.</param>
    async Task<Result> CompileAsync(CompilationFolder folder, CompilationFolder shared, ScriptSources sources, string logFile,
        CancellationToken cancellationToken)
    {
        try
        {
            return await CompileSharedAsync(folder, shared, sources, logFile, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is another user's.
            return await BuildAsync(folder, sources, logFile, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<Result> CompileSharedAsync(CompilationFolder folder, CompilationFolder shared, ScriptSources sources, string logFile,
        CancellationToken cancellationToken)
    {
        if (await _compiler.RepeatAsync(shared, sources, cancellationToken).ConfigureAwait(false) is { } assembly)
            return Finish(folder, shared, assembly);
        // The compiler's messages about a mistake are MSBuild's, and the script that was compiled before stays the first one.
        if (CompilerCall.Read(shared) is not null)
        {
            var result = await BuildAsync(folder, sources, logFile, cancellationToken).ConfigureAwait(false);
            if (result is Result.Compiled)
                CompilerCall.Forget(shared);
            return result;
        }
        if (await _compiler.BuildAsync(shared, sources, cancellationToken).ConfigureAwait(false) is { } problem)
            return await BrokenAsync(shared, problem, logFile).ConfigureAwait(false);
        CompilerCall.Keep(shared);
        return Finish(folder, shared, Path.Combine(shared.Program, shared.Assembly!));
    }

    static Result.Compiled Finish(CompilationFolder folder, CompilationFolder shared, string assembly)
    {
        folder.Clear();
        shared.CopyProgram(folder.Program, assembly);
        return Finish(folder);
    }

    async Task<Result> BuildAsync(CompilationFolder folder, ScriptSources sources, string logFile, CancellationToken cancellationToken)
    {
        if (await _compiler.BuildAsync(folder, sources, cancellationToken).ConfigureAwait(false) is { } problem)
            return await BrokenAsync(folder, problem, logFile).ConfigureAwait(false);
        folder.KeepProgram();
        return Finish(folder);
    }

    static Result.Compiled Finish(CompilationFolder folder)
    {
        var assembly = folder.Assembly!;
        File.WriteAllText(Path.Combine(folder.Root, Done), assembly);
        return new(Path.Combine(folder.Program, assembly));
    }

    static async Task<Result> BrokenAsync(CompilationFolder folder, string problem, string logFile)
    {
        // Messages show paths of the working folder, which the author knows.
        var text = await File.ReadAllTextAsync(folder.Messages, CancellationToken.None).ConfigureAwait(false);
        await File.AppendAllTextAsync(logFile, text.Replace(folder.Source.Sources, "", StringComparison.Ordinal), CancellationToken.None)
            .ConfigureAwait(false);
        return new Result.Broken(problem);
    }

    /// <summary>Characters that MSBuild reads as its own syntax. The SDK does not escape them in the path of a script.</summary>
    [GeneratedRegex(@"[;*?]|%[0-9A-Fa-f]{2}|[$@%]\(", RegexOptions.CultureInvariant)]
    private static partial Regex MeansSomethingToMSBuild();
}
