using System.Text;
using Lightnix.Model;
using Lightnix.Storage;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace Lightnix.Tasks;

/// <summary>Writes a C# class of promises. A file that says the same already is not touched: nothing is compiled again for it.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteStagesClass : Task, IMultiThreadableTask, IIncrementalTask
{
    /// <summary>The file to write, below <c>obj</c>.</summary>
    [Required]
    public string File { get; set; } = "";

    [Required]
    public string ClassName { get; set; } = "";

    /// <summary>Empty: the global one.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>What <see cref="RecallStages.Described"/> gave, here and in other projects.</summary>
    public ITaskItem[] Promises { get; set; } = [];

    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) where the file would be written.</summary>
    public bool FailIfNotIncremental { get; set; }

    /// <inheritdoc/>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <inheritdoc/>
    public override bool Execute()
    {
        string file = TaskEnvironment.GetAbsolutePath(File);
        var text = StagesClass.Text(ClassName, Namespace, PromiseItems.Read(Promises));
        try
        {
            if (System.IO.File.Exists(file) && System.IO.File.ReadAllText(file) == text)
                return true;
            if (FailIfNotIncremental)
            {
                Log.Say(new Diagnostic("LNX2014", Severity.Error, $"the class of promises '{file}' would be written, and -question writes nothing: build without it"), null, new("", 0, 0));
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                System.IO.File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.Say(StorageErrors.Failed("the class of promises could not be written", e).ToDiagnostic(), null, new("", 0, 0));
        }
        return !Log.HasLoggedErrors;
    }
}
