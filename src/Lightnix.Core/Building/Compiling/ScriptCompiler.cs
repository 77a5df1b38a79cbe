namespace Lightnix.Building;

/// <summary>Compiles scripts in folders that it is given: by MSBuild, or by a call of the compiler that MSBuild made before.</summary>
sealed class ScriptCompiler(BuilderSettings settings, DotnetHost dotnet, TrustedPrograms outside, OrphanReaper reaper)
{
    /// <summary>Marks the processes of the compiler by the folder to which they write.</summary>
    const string FolderVariable = "LIGHTNIX_COMPILED";

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Builds the script as <c>dotnet build</c> does. The folder is emptied first.</summary>
    /// <returns>Null after a success; else the reason.</returns>
    public async Task<string?> BuildAsync(CompilationFolder folder, ScriptSources sources, CancellationToken cancellationToken)
    {
        folder.Clear();
        var script = folder.Source.Write(sources);
        // Properties given here win over #:property. Without native AOT, reflection works and nothing native is restored.
        var ended = await RunAsync(folder,
            [
                "build", script, "--configuration", "Release", "--output", folder.Program, "--artifacts-path", folder.Intermediate,
                "--nologo", "--verbosity", "quiet", "-clp:NoSummary", "-tl:off",
                "-p:PublishAot=false", "-p:DebugType=embedded", "-p:UseAppHost=false", "-p:UseSharedCompilation=false",
                "-p:ProvideCommandLineArgs=true",
            ],
            cancellationToken).ConfigureAwait(false);
        if (ended.TimedOut)
            return $"the C# script was not compiled within {Patience.TotalMinutes} minutes";
        return ended.Status.Succeeded && folder.Assembly is not null ? null : "the C# script does not compile";
    }

    /// <summary>Compiles another script with the same directives in a folder in which MSBuild has compiled one.</summary>
    /// <returns>The assembly; null where it cannot be had in this way.</returns>
    public async Task<string?> RepeatAsync(CompilationFolder folder, ScriptSources sources, CancellationToken cancellationToken)
    {
        // Users who share a store write into its cache, so no other compiler runs than that of this dotnet.
        if (CompilerCall.Read(folder) is not { } call
            || !ToolFinder.RealFile(call.Compiler).StartsWith(dotnet.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return null;
        sources.CopyScriptTo(folder.Source.Sources);
        File.Delete(call.Output);
        var arguments = sources.MayNeedGenerators ? CompilerCall.ResponseFile : CompilerCall.PlainResponseFile;
        var ended = await RunAsync(folder, ["exec", call.Compiler, "/nologo", "/noconfig", $"@{arguments}"], cancellationToken)
            .ConfigureAwait(false);
        return ended.Status.Succeeded && !ended.TimedOut && File.Exists(call.Output) ? call.Output : null;
    }

    async Task<ProcessRunner.Ended> RunAsync(CompilationFolder folder, ImmutableArray<string> words, CancellationToken cancellationToken)
    {
        var mark = new ProcessMark(FolderVariable, folder.Root);
        var environment = CompilerEnvironment.Make(outside.Environment, settings.ProjectFolder);
        // A compiler that outlived a killed build would write into this folder.
        await reaper.WatchAsync(mark).ConfigureAwait(false);
        return await ProcessRunner.RunAsync(
            new()
            {
                File = dotnet.File,
                Name = "dotnet",
                Words = words,
                Environment = CompilerHome.In(environment, folder.Home).SetItems(folder.Source.Variables(settings.ProjectFolder))
                    .SetItem(mark.Variable, mark.Text),
                Mark = mark,
                Folder = folder.Source.Root,
                LogFile = folder.Messages,
            },
            Patience, cancellationToken).ConfigureAwait(false);
    }
}
