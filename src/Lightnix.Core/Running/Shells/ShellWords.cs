using Lightnix.Building;
using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>The shell that a person gets in a stage's working folder, and what to type there.</summary>
static class ShellWords
{
    /// <summary>The stage's own shell if it is one of Windows; else <c>bash</c> where there is one, because it edits lines.</summary>
    public static ImmutableArray<string> For(Invocation invocation) => invocation switch
    {
        Invocation.Shell { Name: Shells.Pwsh } => ["pwsh", "-NoLogo", "-NoProfile"],
        Invocation.Shell { Name: Shells.Cmd } => ["cmd"],
        _ when ToolFinder.FindAll("bash", BuilderEnvironment.OfThisProcess()).Any() => ["bash", "--norc", "-i"],
        _ => ["sh", "-i"],
    };

    /// <summary>What the stage runs.</summary>
    public static string Shown(Invocation invocation, bool sandboxed) => invocation switch
    {
        Invocation.Shell shell => $"{shell.Name} runs: {shell.Text}",
        Invocation.Script script => $"it runs: {Line([script.Interpreter, script.Path.ToString(), .. script.Arguments])}",
        Invocation.Program program => $"it runs: {Line(["dotnet", Entry(program, sandboxed), .. program.Arguments])}",
        _ => "",
    };

    static string Entry(Invocation.Program program, bool sandboxed) =>
        Path.Combine(sandboxed ? SandboxSystem.Program : program.Folder, program.Entry.ToString());

    static string Line(ImmutableArray<string> words) => string.Join(' ', words.Select(PosixText.Quoted));
}
