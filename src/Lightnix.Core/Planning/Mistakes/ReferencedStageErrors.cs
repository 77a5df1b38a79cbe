using static Lightnix.Planning.Wording;

namespace Lightnix.Planning;

/// <summary>The part of the catalogue of LNX1003 about stages of other projects.</summary>
static class ReferencedStageErrors
{
    public static Diagnostic UnknownProject(DeclaredItem item, string metadata, string text, string project, IEnumerable<string> known) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' reaches into the project '{project}', which is not referenced"
            + (Spelling.Nearest(project, known) is { } nearest
                ? $". Did you mean '{nearest}'?"
                : $"; add <ProjectReference Include=\"../{project}/{project}.lnproj\" />"));

    public static Diagnostic AmbiguousProject(DeclaredItem item, string metadata, string text, string project, IEnumerable<string> files) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' reaches into the project '{project}', and {And(files)} are both called "
                + "so; give "
            + "one of the references another name, as <ProjectReference Include=\"…\" Name=\"other\" />");

    public static Diagnostic UnlawfulProject(DeclaredItem item, string metadata, string text, string project) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' reaches into the project '{project}', and its folder 'in/{project}.…' "
                + "cannot be "
            + "called so: a name is letters, digits, '.', '_' and '-', the first a letter or a digit. Give the reference one, as "
                + "<ProjectReference Include=\"…\" Name=\"data\" />");

    public static Diagnostic NoStagesInProject(DeclaredItem item, string metadata, string text, string project, string file) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' reaches into the project '{project}', and '{file}' is no data project; "
                + "the stages of a C# project are its own");

    public static Diagnostic UnknownReferenced(DeclaredItem item, string metadata, string text, string project, string stage,
        IEnumerable<string> known) =>
        Error("LNX1003", item, metadata,
            $"stage '{item.Include}': '{Written(metadata, text)}' is not known: the project '{project}' has no stage "
                + $"'{stage}'{Ask(Spelling.Nearest(stage, known))} It has {And(known)}");

    static Diagnostic Error(string code, DeclaredItem item, string metadata, string message) =>
        new(code, Severity.Error, message, item, metadata);
}
