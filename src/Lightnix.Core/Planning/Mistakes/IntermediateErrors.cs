namespace Lightnix.Planning;

/// <summary>Mistakes of intermediate stages.</summary>
static class IntermediateErrors
{
    /// <summary>LNX1010: a promise of an intermediate stage is copied.</summary>
    public static Diagnostic Copy(DeclaredItem promise, string metadata, DeclaredItem stage) =>
        new("LNX1010", Severity.Error,
            $"promise '{promise.Include}': '{promise.Find(metadata)}' in {metadata} and Intermediate=\"true\" of stage '{stage.Include}' "
            + "exclude each other: the files of an intermediate stage are removed after the build. Take one of them away",
            promise, metadata);
}
