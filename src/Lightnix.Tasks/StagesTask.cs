using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>What all tasks over a project's stages have in common: the project, its items, and how a request is made of them.</summary>
public abstract class StagesTask : Task, IMultiThreadableTask, ICancelableTask, IDisposable
{
    readonly CancellationTokenSource _cancelled = new();

    /// <summary>The project: see <see cref="ProjectDescription"/>.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    public ITaskItem[] Stages { get; set; } = [];
    public ITaskItem[] Sources { get; set; } = [];
    public ITaskItem[] Promises { get; set; } = [];
    public ITaskItem[] Matchers { get; set; } = [];

    /// <summary>Referenced projects that may have stages of their own.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The stages that these handed on: <see cref="Handed"/> of a task there.</summary>
    public ITaskItem[] Received { get; set; } = [];

    /// <summary>Answers of programs to <c>GetTargetFrameworks</c>, before they are built.</summary>
    public ITaskItem[] ProgramFrameworks { get; set; } = [];

    /// <summary>Built programs: the assemblies, with the metadata that the MSBuild task adds.</summary>
    public ITaskItem[] Programs { get; set; } = [];

    /// <summary>For projects that reference this one: an item for each stage, with what is known of the stage by now.</summary>
    [Output]
    public ITaskItem[] Handed { get; set; } = [];

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <summary>The global properties of the project's evaluation; null: MSBuild is asked.</summary>
    internal IReadOnlyDictionary<string, string>? GlobalProperties { get; init; }

    /// <summary>False for a task that no switch of a build concerns: it does not report wrong values of switches.</summary>
    private protected virtual bool ChecksSwitches => true;

    /// <summary>Stops what runs; the task then returns. MSBuild's thread cancels other tasks too, so this runs on another.</summary>
    public void Cancel() => _ = _cancelled.CancelAsync();

    public void Dispose()
    {
        _cancelled.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed override bool Execute()
    {
        try
        {
            Open(build =>
            {
                if (!ChecksSwitches || build.ReportWrongSwitches())
                    Execute(build, _cancelled.Token);
            });
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // MSBuild reports that the build was cancelled.
            return false;
        }
        return !Log.HasLoggedErrors;
    }

    internal void Open(Action<ProjectBuild> use)
    {
        var project = new ProjectDescription(Project);
        var declared = new Declarations(this);
        using var places = new ProjectPlaces(project.ProjectFile, GlobalProperties ?? AskedProperties());
        var diagnostics = new DiagnosticLog(Log, project.HelpPage, declared, places);
        var live = project.TerminalLogger == "1"
            ? new LiveLine(BuildEngine, project.Name, TerminalWidth.Columns, TimeProvider.System) : null;
        var progress = new BuildProgress(Log, diagnostics, live, new(declared.Store));
        try
        {
            use(new(declared, diagnostics, progress, () => CoreGrant.Ask(BuildEngine, declared.Switches.CoresOf(declared.Items)),
                new(BuildEngine, References, project)));
        }
        finally
        {
            diagnostics.Flush();
        }
    }

    private protected abstract void Execute(ProjectBuild build, CancellationToken cancellationToken);

    IReadOnlyDictionary<string, string> AskedProperties() =>
        (BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();
}
