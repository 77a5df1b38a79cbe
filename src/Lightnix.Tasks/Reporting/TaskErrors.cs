using Lightnix.Storage;

namespace Lightnix.Tasks;

/// <summary>The part of the catalogue of LNX2014 and LNX3003 about files that the tasks themselves write or remove.</summary>
static class TaskErrors
{
    public static Diagnostic WouldRemove(string links, string kept) => Error("LNX2014",
        $"the links in '{links}' and what is kept in '{kept}' would be removed, and -question removes nothing: clean without it");

    public static Diagnostic WouldWriteClass(string file) => Error("LNX2014",
        $"the class of promises '{file}' would be written, and -question writes nothing: build without it");

    public static Diagnostic NotRemoved(Exception e) =>
        StorageErrors.Failed("something could not be removed", e, "clean again").ToDiagnostic();

    public static Diagnostic NoFolder(string folder, Exception e) => Error("LNX3003",
        $"the folder '{folder}' could not be made: {e.Message.TrimEnd('.')}; build with --artifacts-path FOLDER, or correct the "
        + "permissions");

    public static Diagnostic NoClass(Exception e) => StorageErrors.Failed("the class of promises could not be written", e).ToDiagnostic();

    static Diagnostic Error(string code, string message) => new(code, Severity.Error, message);
}
