using System.Collections;
using Microsoft.Build.Framework;
using Microsoft.Build.ProjectCache;

namespace Lightnix.Tasks;

/// <summary>Passes the messages of a task to a plugin's logger. It builds nothing.</summary>
sealed class PluginEngine(PluginLoggerBase logger) : IBuildEngine
{
    public bool ContinueOnError => false;
    public int LineNumberOfTaskNode => 0;
    public int ColumnNumberOfTaskNode => 0;
    public string ProjectFileOfTaskNode => "";

    public void LogErrorEvent(BuildErrorEventArgs e) => logger.LogError(e.Message ?? "");

    public void LogWarningEvent(BuildWarningEventArgs e) => logger.LogWarning(e.Message ?? "");

    public void LogMessageEvent(BuildMessageEventArgs e) => logger.LogMessage(e.Message ?? "", e.Importance);

    public void LogCustomEvent(CustomBuildEventArgs e) { }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();
}
