namespace Lightnix.Building;

/// <summary>What this machine offers to builders. No part of it writes to the store.</summary>
sealed class Builders : IDisposable
{
    readonly OrphanReaper _reaper = new();

    public Builders(BuilderSettings settings)
    {
        var caller = settings.Environment?.ToImmutableSortedDictionary(BuilderEnvironment.Comparer) ?? BuilderEnvironment.OfThisProcess();
        var outside = new TrustedPrograms(caller, [.. settings.Built]);
        var dotnet = DotnetHost.Find(settings.Dotnet, caller, outside);
        var tools = new ToolFinder();
        var questions = new ProgramQuestions(Path.Combine(settings.CacheFolder, "probes"), dotnet?.Root, caller, outside);
        var installations = new Installations(questions, new(new([]), SandboxSystem.IsOfSystem, outside.IsBuilt), SandboxSystem.IsOfSystem);
        Sandbox = new(() => SystemTraits.HasSandbox && settings.Hidden is { } hidden
            ? Building.Sandbox.TryAsync(Path.Combine(settings.CacheFolder, "sandbox"), tools, questions, dotnet,
                SandboxChoice.Hidden(hidden.Append(settings.ProjectFolder).Append(caller.GetValueOrDefault("HOME"))))
            : Task.FromResult(SandboxTrial.None));
        Tools = new(tools, questions, installations);
        Revisions = written => new(new GitStatus(questions, written), settings.ProjectFolder);
        Downloads = new(DownloadPolicy.Default, caller);
        var scripts = dotnet is null ? null : new CSharpScripts(settings, dotnet, outside, _reaper);
        Processes = new(new(caller, dotnet?.Root), settings.ProjectFolder, new(tools, dotnet, scripts), Sandbox, new(tools, installations),
            _reaper);
    }

    public BuilderProcesses Processes { get; }
    public Downloads Downloads { get; }
    public ToolProbe Tools { get; }
    public SandboxChoice Sandbox { get; }

    /// <summary>The revision of the project's working tree, without the folders that builds write to.</summary>
    public Func<ImmutableArray<string>, Revisions> Revisions { get; }

    public void Dispose()
    {
        _reaper.Dispose();
        Downloads.Dispose();
    }
}
