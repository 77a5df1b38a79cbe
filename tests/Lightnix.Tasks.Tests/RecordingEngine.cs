using System.Collections;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>A build engine that writes down what a task says to it, and grants two cores.</summary>
sealed class RecordingEngine : IBuildEngine9
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public List<BuildMessageEventArgs> Messages { get; } = [];

    public List<int> CoresAsked { get; } = [];

    public Dictionary<string, string> GlobalProperties { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool IsRunningMultipleNodes => false;

    public bool AllowFailureWithoutError { get; set; }

    /// <summary>What is shown at <c>-v:m</c>.</summary>
    public IEnumerable<string> Shown => Messages.Where(m => m.Importance == MessageImportance.High).Select(m => m.Message!);

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalProperties;

    public bool ShouldTreatWarningAsError(string warningCode) => false;

    public int RequestCores(int requestedCores)
    {
        CoresAsked.Add(requestedCores);
        return Math.Min(2, requestedCores);
    }

    public void ReleaseCores(int coresToRelease)
    {
    }

    public void Yield() => throw new InvalidOperationException("a task of Lightnix never yields");

    public void Reacquire() => throw new InvalidOperationException("a task of Lightnix never yields");

    /// <summary>Targets of the same project that the task called.</summary>
    public List<string> Called { get; } = [];

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs)
    {
        Called.AddRange(projectFileName is null ? targetNames : throw new NotSupportedException());
        return true;
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs,
        string toolsVersion) => throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties,
        IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) =>
        throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties,
        IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) => throw new NotSupportedException();

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) =>
        throw new NotSupportedException();

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();
}
