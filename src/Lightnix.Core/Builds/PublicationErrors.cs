using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Diagnostics and hints about one build as a whole: what it needs before it starts, and what it publishes.</summary>
static class PublicationErrors
{
    /// <summary>LNX1014: two projects with one file name share a folder below <c>obj</c>.</summary>
    public static Diagnostic SharedFolder(string project, string other, string folder) =>
        new("LNX1014", Severity.Error,
            $"'{project}' and '{other}' have one file name, and both write to '{folder}', where each would take the other's files; "
            + "rename one of them, or give each its own BaseIntermediateOutputPath; if one of them was only moved, delete that folder");

    /// <summary>LNX1016: no run of the stage could start on this system.</summary>
    public static Diagnostic TooLong(PlannedStage stage, string problem) =>
        new("LNX1016", Severity.Error, $"stage '{stage.Name}' could never start: {problem}", stage.Item);

    /// <summary>LNX1014, as the results show it: two files at one place, or one where the other needs a folder.</summary>
    public static Diagnostic EqualTargets(StageName stage, PromisedFile file, StageName firstStage, PromisedFile first) =>
        new("LNX1014", Severity.Error, $"promise '{file.Promise.Path}' of '{stage}' is copied to '{file.TargetPath}', and "
            + (file.TargetPath == first.TargetPath ? "so is" : $"'{first.TargetPath}', where a folder must be, is a file of")
            + $" '{first.Promise.Path}' of '{firstStage}'; give one of them another Link, or copy one only", file.Promise.Item);

    /// <summary>The same of two projects, in the output of a third that references them, or of one and those that it references.</summary>
    public static Diagnostic EqualTargets(string project, CopiedFile file, CopiedFile first) =>
        new("LNX1014", Severity.Error,
            $"'{file.TargetPath}' is copied to the output of {Path.GetFileName(project)} from stage '{file.Stage}' of "
            + $"{Path.GetFileName(file.Project)}, and "
            + (file.TargetPath == first.TargetPath ? "" : $"'{first.TargetPath}', where a folder must be, ")
            + $"from stage '{first.Stage}' of {Path.GetFileName(first.Project)}; give one of them another Link, or copy one only");

    /// <summary>LNX2007: an output file cannot be an item, because MSBuild would take its name for another one.</summary>
    public static Diagnostic RefusedName(StageName stage, PromisedFile file, string why, int more) =>
        new("LNX2007", Severity.Error, Visible.Text(
            $"stage '{stage}': the output file '{Visible.Short(file.Stored.Path.ToString())}' is refused: its name {why}, "
            + $"and promise '{file.Promise.Path}' hands it to MSBuild"
            + (more == 0 ? "" : $"; so are {more.ToString(CultureInfo.InvariantCulture)} more")
            + "; let the stage write another name, or promise the file without copying it and without OutputItemType"), file.Promise.Item);

    /// <summary>LNX5002: a sandbox is required, and there is none.</summary>
    /// <param name="why">Null where Lightnix has no sandbox for this system.</param>
    public static Diagnostic NoSandbox(string? why) =>
        new("LNX5002", Severity.Error,
            $"LightnixSandbox is 'Required', and there is none: {why ?? "Lightnix has a sandbox on Linux only"}. "
            + (why is null ? "" : "Install bubblewrap, or allow what it needs (user namespaces). ")
            + "With 'Auto' or 'None' builders run in a private working folder with a clean environment");

    /// <summary>LNX2013: the process was asked to end while it built.</summary>
    /// <param name="reason">As <c>SIGTERM</c>.</param>
    public static Diagnostic Ended(string reason) =>
        new("LNX2013", Severity.Error,
            $"the build was ended by {reason} from outside; its builders were ended, and what had completed is kept");

    /// <summary>LNX3001, a warning: the root of the last build cannot be read.</summary>
    public static Diagnostic DamagedRoot(string problem) =>
        new("LNX3001", Severity.Warning, $"the store is damaged: {problem}; "
            + "this build chooses without knowing what the last one chose, and writes it anew");

    /// <summary>LNX3003: a chosen result was deleted from a read-only store, in which this build could not lease it.</summary>
    public static Diagnostic Gone(PlannedStage stage, string folder) =>
        new("LNX3003", Severity.Error,
            $"stage '{stage.Name}': its result '{folder}' was taken out of the store while this build used it; build again",
            stage.Item);

    /// <summary>A hint: nothing in a read-only store keeps what this build uses.</summary>
    public static string NothingKeeps(string store) =>
        $"the store '{store}' may only be read: what this build uses is there, and nothing keeps it from its owner's garbage collection";

    /// <summary>A hint: text files stand in for links.</summary>
    public static string WrittenLinks(string folder, string why) =>
        $"no links can be made in '{folder}' ({why}): each file there names the folder with the result; for links, "
        + FolderLinks.Cure;
}
