using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>What all tasks over a project's stages have in common: the items, the folders, and how a request is made of them.</summary>
public abstract class StagesTask : Task, IMultiThreadableTask, ICancelableTask, IDisposable
{
    readonly CancellationTokenSource _cancelled = new();

    /// <summary>The project, absolute.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    public ITaskItem[] Stages { get; set; } = [];

    public ITaskItem[] Sources { get; set; } = [];

    public ITaskItem[] Promises { get; set; } = [];

    public ITaskItem[] Matchers { get; set; } = [];

    /// <summary>Answers of programs to <c>GetTargetFrameworks</c>; asked before they are built.</summary>
    public ITaskItem[] ProgramFrameworks { get; set; } = [];

    /// <summary>Referenced projects that may have stages of their own.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>All references, programs as well.</summary>
    public ITaskItem[] AllReferences { get; set; } = [];

    /// <summary>What they handed over, as <see cref="Handed"/> of a task there.</summary>
    public ITaskItem[] Received { get; set; } = [];

    /// <summary>What projects are given that reference this one: an item for each stage, with what is known of it by now.</summary>
    [Output]
    public ITaskItem[] Handed { get; set; } = [];

    /// <summary>Built programs: the assembly that was built, with the metadata that the MSBuild task adds.</summary>
    public ITaskItem[] Programs { get; set; } = [];

    /// <summary>The <c>dotnet</c> that runs programs and C# scripts; empty: the one on the path.</summary>
    public string DotnetHost { get; set; } = "";

    /// <summary>Names or globs of stages, separated by blanks or semicolons; empty: all.</summary>
    public string Requested { get; set; } = "";

    /// <summary><c>true</c> where a name that this project does not know may be another's: in a solution, in a graph, and as a reference.</summary>
    public string IsPart { get; set; } = "";

    /// <summary>Where derivations, realizations, runs and trees live.</summary>
    [Required]
    public string Store { get; set; } = "";

    /// <summary>The folder of links into the store.</summary>
    [Required]
    public string LinkDirectory { get; set; } = "";

    /// <summary>For files that can be made again.</summary>
    [Required]
    public string IntermediateDirectory { get; set; } = "";

    /// <summary>Folders, separated by semicolons, whose files are never sources; nor are those of the store.</summary>
    public string NeverSources { get; set; } = "";

    /// <summary>Runs and cores at once; empty: what MSBuild grants.</summary>
    public string MaxParallel { get; set; } = "";

    /// <summary><c>true</c>: the working folder of a builder that failed is kept.</summary>
    public string KeepWorkspace { get; set; } = "";

    /// <summary><c>true</c>: every byte of what is chosen is read before it is used.</summary>
    public string Verify { get; set; } = "";

    /// <summary><c>Auto</c>, <c>Required</c> or <c>None</c>.</summary>
    public string Sandbox { get; set; } = "";

    /// <summary>The lock file; empty: <c>lightnix.&lt;project&gt;.lock.json</c> beside the project where there is one, else <c>lightnix.lock.json</c>.</summary>
    public string LockFile { get; set; } = "";

    /// <summary><c>true</c>, <c>false</c>, or empty: the lock file is used where there is one.</summary>
    public string UseLockFile { get; set; } = "";

    /// <summary><c>true</c>: select exactly what the lock file pins, and run nothing.</summary>
    public string LockedMode { get; set; } = "";

    /// <summary>Names or globs of stages that are chosen again although the lock file pins them.</summary>
    public string Update { get; set; } = "";

    /// <summary>Only looked at, as <see cref="GenerateClass"/>: the SDK's own text acts upon it.</summary>
    public string ProjectCache { get; set; } = "";

    public string GenerateClass { get; set; } = "";

    /// <summary>Of a plan: <c>Build</c> (or empty) or <c>LightnixRun</c>.</summary>
    public string PlanTarget { get; set; } = "";

    /// <summary>The page that has a section for each diagnostic.</summary>
    public string HelpPage { get; set; } = "";

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <summary>What the project was evaluated with; null: MSBuild is asked.</summary>
    internal IReadOnlyDictionary<string, string>? GlobalProperties { get; init; }

    /// <summary>Stops what runs; the task then returns. MSBuild's thread has others to cancel, and is not kept: what follows here runs elsewhere.</summary>
    public void Cancel() => _ = _cancelled.CancelAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancelled.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Open(build =>
            {
                if (build.ShowWrongSwitches())
                    Execute(build, _cancelled.Token);
            });
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // MSBuild says that it was cancelled; there is nothing to add.
            return false;
        }
        return !Log.HasLoggedErrors;
    }

    internal void Open(Action<ProjectBuild> use)
    {
        var declared = new Declarations(this);
        using var places = new ProjectPlaces(ProjectFile, GlobalProperties ?? AskedProperties());
        var diagnostics = new DiagnosticLog(Log, HelpPage, declared, places);
        use(new(declared, diagnostics, new(Log, diagnostics), () => CoreGrant.Ask(BuildEngine, MaxParallel)));
    }

    private protected abstract void Execute(ProjectBuild build, CancellationToken cancellationToken);

    IReadOnlyDictionary<string, string> AskedProperties() =>
        (BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();
}
