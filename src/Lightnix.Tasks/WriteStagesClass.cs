using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Writes a C# class of promises. A file that has the same text already is not touched, so nothing is compiled again.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteStagesClass : Task, IMultiThreadableTask, IIncrementalTask
{
    /// <summary>The project that compiles the class: see <see cref="ProjectDescription"/>.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>The file to write, below <c>obj</c>.</summary>
    [Required]
    public string File { get; set; } = "";

    [Required]
    public string ClassName { get; set; } = "";

    /// <summary>Empty: the global one.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>The promises, as <see cref="RecallStages.Described"/> of this project and of others.</summary>
    public ITaskItem[] Promises { get; set; } = [];

    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) where the file would be written.</summary>
    public bool FailIfNotIncremental { get; set; }

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    public override bool Execute()
    {
        string file = TaskEnvironment.GetAbsolutePath(File);
        var project = new ProjectDescription(Project);
        var text = StagesClass.Text(ClassName, Namespace, PromiseItems.Read(Promises));
        try
        {
            if (System.IO.File.Exists(file) && System.IO.File.ReadAllText(file) == text)
                return true;
            if (FailIfNotIncremental)
            {
                DiagnosticLog.Show(Log, project, TaskErrors.WouldWriteClass(file));
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                System.IO.File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DiagnosticLog.Show(Log, project, TaskErrors.NoClass(e));
        }
        return !Log.HasLoggedErrors;
    }
}
