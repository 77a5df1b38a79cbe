using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Asks referenced projects, while this one is built, to make files of intermediate stages again.</summary>
/// <remarks>Each is one more build of that project, with the property LightnixNeeded: MSBuild does not answer it from its cache. It is
/// called on the thread of the task only.</remarks>
sealed class OtherProjects(IBuildEngine engine, ITaskItem[] references, ProjectDescription project)
{
    readonly ConcurrentQueue<Question> _questions = new();

    /// <summary>Null where MSBuild builds no project that is not in its graph.</summary>
    public Func<string, StageName, Task<bool>>? MakeAgain => engine is IBuildEngine6 known
        && !(known.GetGlobalProperties().TryGetValue("IsGraphBuild", out var isGraph) && isGraph == "true") ? Ask : null;

    /// <summary>Answers the questions that wait. For the thread of the task.</summary>
    public void Serve()
    {
        while (_questions.TryDequeue(out var question))
        {
            try
            {
                question.Answer.SetResult(Build(question));
            }
            catch (Exception e)
            {
                question.Answer.SetException(e);
            }
        }
    }

    Task<bool> Ask(string file, StageName stage)
    {
        var question = new Question(file, stage);
        _questions.Enqueue(question);
        return question.Answer.Task;
    }

    bool Build(Question question)
    {
        if (references.FirstOrDefault(r => project.Absolute(r.ItemSpec) == question.Project) is not { } reference)
            return false;
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["LightnixNeeded"] = $"{Path.GetFileNameWithoutExtension(question.Project)}:{question.Stage}",
        };
        foreach (var pair in Words(reference, "Properties").Select(p => p.Split('=', 2)).Where(p => p.Length == 2))
            properties[pair[0].Trim()] = pair[1].Trim();
        return ((IBuildEngine3)engine).BuildProjectFilesInParallel([question.Project], ["LightnixRealize"], [(IDictionary)properties],
            [[.. Words(reference, "UndefineProperties")]], [null], returnTargetOutputs: false).Result;
    }

    static string[] Words(ITaskItem reference, string metadata) => reference.GetMetadata(metadata)
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    sealed record Question(string Project, StageName Stage)
    {
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
