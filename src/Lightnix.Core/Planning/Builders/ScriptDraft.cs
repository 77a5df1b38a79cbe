namespace Lightnix.Planning;

/// <summary>A script and its interpreter.</summary>
/// <param name="File">As declared.</param>
/// <param name="Interpreter">As declared, or null.</param>
sealed record ScriptDraft(string File, ImmutableArray<string> Words, string? Interpreter) : BuilderDraft
{
    public override (string Metadata, ImmutableArray<string> Texts) Templates => (Names.Arguments, Words);

    public static ScriptDraft Read(ItemReader reader, Findings findings)
    {
        var file = reader.Text(Names.Script)!;
        var interpreter = reader.Text(Names.Interpreter);
        if (interpreter?.Any(char.IsWhiteSpace) == true)
            reader.Refuse(Names.Interpreter, interpreter, "an interpreter is one program, as 'python3'; its switches need a Command");
        else if (interpreter is null && Interpreters.For(file) is null)
            findings.Add(DeclarationErrors.NoInterpreter(reader.Item, file));
        return new(file, BuilderReader.Words(reader), interpreter);
    }

    public override FoundBuilder? Find(StageDraft draft, BuilderFinder finder)
    {
        var file = finder.Paths.OfText(File);
        var path = finder.Paths.Inside(file) ?? finder.Sources.LinkOf(draft, file)?.Entry.Path;
        if (path is null)
            finder.Findings.Add(DeclarationErrors.ScriptOutside(draft.Item, File));
        else if (SourceReader.IsReserved(path))
            finder.Findings.Add(DeclarationErrors.SourceInReservedFolder(draft.Item, path, Names.Script));
        else if (finder.Forbidden.Of(file) is { } written)
            finder.Findings.Add(ForbiddenErrors.Script(draft.Item, File, written));
        _ = finder.RefuseResult(draft, Names.Interpreter, Interpreter);
        if (finder.Sources.Content(file) is not { } content)
            finder.AddMissing(File, MissingErrors.Script(draft.Item, File, file, finder.Contents.Look(file)));
        else if (path is not null)
            return new(new Builder.Script(path, Words, Interpreter)) { Script = new(new(path, content.Digest, content.Executable), file) };
        return null;
    }
}
