using Lightnix.Model;

namespace Lightnix.Tasks;

/// <summary>Diagnostics about the text of a project file, which only a skin that knows MSBuild can see.</summary>
static class TextDiagnostics
{
    public static Diagnostic WildcardInPromise(string include) => new(
        "LNX1007",
        Severity.Error,
        $"the promise '{include}' has a wildcard, which MSBuild replaces by the files that are there before the build, or by nothing; promise the folder instead, with Pattern=\"*.png\" and MinCount");

    public static Diagnostic LostReference(string stage, string metadata, string reference, string? environmentVariable) => new(
        "LNX1011",
        Severity.Warning,
        environmentVariable is null
            ? $"MSBuild replaced '{reference}' in {metadata} of stage '{stage}' by nothing, because no property has this name; write '%24{reference[1..]}' for the shell to see it"
            : $"MSBuild replaced '{reference}' in {metadata} of stage '{stage}' by the environment variable {environmentVariable}; write '%24{reference[1..]}' for the shell to see it, or declare a property");
}
