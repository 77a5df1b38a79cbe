namespace Lightnix.Planning;

/// <summary>Mistakes about the folder <c>checkpoint</c>.</summary>
static class CheckpointErrors
{
    /// <summary>LNX1003: a stage names its checkpoint, and has none.</summary>
    public static Diagnostic None(DeclaredItem item, string metadata) => DeclarationErrors.Error("LNX1003", item, metadata,
        $"stage '{item.Include}': '@{{checkpoint}}' is the folder that outlives an interrupted run, and the stage has none; "
        + "add Checkpoint=\"true\", or write '@@{' for a literal '@{'");

    /// <summary>LNX1013: a source in that folder.</summary>
    public static Diagnostic Source(DeclaredItem item, RelativePath path) => DeclarationErrors.Error("LNX1013", item, null,
        $"{Wording.Subject(item)}: '{path}' cannot be a source, because 'checkpoint' in the working folder of a stage with "
        + $"Checkpoint=\"true\" is for what outlives an interrupted run; move it{(item.Kind == ItemKind.Source ? ", say with Link where "
            + "it shall be, or name other stages" : "")}");
}
