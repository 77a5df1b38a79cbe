using static Lightnix.Planning.DeclarationErrors;
using static Lightnix.Planning.Wording;

namespace Lightnix.Planning;

/// <summary>Errors of a <c>Program</c>: LNX1015, and LNX1004 for a program that would have to be built before itself.</summary>
static class ProgramErrors
{
    internal static Diagnostic IsOwnProject(DeclaredItem item, string project) =>
        Error("LNX1004", item, Names.Program,
            $"stage '{item.Include}': its Program, '{project}', is the project that the stage is in: {project} -> {item.Include} -> "
                + $"{project}. Move the program into a project of its own");

    internal static Diagnostic Missing(DeclaredItem item, string program, string file) =>
        Error("LNX1015", item, Names.Program,
            $"stage '{item.Include}': the program '{program}' is not there; the project '{file}' was looked for");

    internal static Diagnostic IsFolder(DeclaredItem item, string program, ImmutableArray<string> projects) =>
        Error("LNX1015", item, Names.Program,
            $"stage '{item.Include}': the program '{program}' is a folder; "
            + NameOne(program.TrimEnd('/', '\\'), projects));

    static string NameOne(string folder, ImmutableArray<string> projects)
    {
        if (projects is [var one])
            return $"name the project in it, '{folder}/{one}'";
        return projects.IsEmpty ? "name a project, as 'Trainer/Trainer.csproj'; there is none in it"
            : $"name a project in it: {Or(projects)}";
    }

    internal static Diagnostic IsNoProject(DeclaredItem item, string program) =>
        Error("LNX1015", item, Names.Program,
            $"stage '{item.Include}': the program '{program}' is no .NET project (.csproj, .fsproj, .vbproj); "
            + (Interpreters.For(program) is not null ? "a script is run by Script"
                : program.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
                    ? "what another project makes is read as @{project:stage}, with a ProjectReference"
                : "a program that is there already is run by Command"));

    internal static Diagnostic WithoutOutput(DeclaredItem item, string program) =>
        Error("LNX1015", item, Names.Program,
            $"stage '{item.Include}': building the program '{program}' gave nothing that can run; its OutputType must be Exe");

    internal static Diagnostic SeveralFrameworks(DeclaredItem item, string program, IEnumerable<string> frameworks) =>
        Error("LNX1015", item, Names.Program,
            $"stage '{item.Include}': the program '{program}' has the target frameworks {And(frameworks)}, and one of them must be built; "
                + $"say which with ProgramFramework=\"{frameworks.Last()}\"");
}
