namespace Lightnix.Planning;

/// <summary>A file or folder of the working tree.</summary>
/// <param name="File">As declared.</param>
sealed record ImportDraft(string File) : BuilderDraft
{
    public static ImportDraft Read(ItemReader reader, Findings findings) => new(reader.Text(Names.Path)!);

    public override FoundBuilder? Find(StageDraft draft, BuilderFinder finder)
    {
        var file = finder.Paths.OfText(File);
        if (finder.Forbidden.OfText(file) is { } never)
        {
            finder.Findings.Add(ForbiddenErrors.Import(draft.Item, File, never));
            return null;
        }
        var found = finder.Import(file);
        foreach (var (path, written) in found?.Refused ?? [])
            finder.Findings.Add(
                ForbiddenErrors.ImportedLink(draft.Item, File, path == file ? null : path, finder.Forbidden.Of(path, written)));
        if (found is null)
            finder.AddMissing(File, MissingErrors.Path(draft.Item, File, file, finder.Contents.Look(file)));
        return found is { Refused.IsEmpty: true }
            ? new(new Builder.Import(found.Tree.Reference)) { ImportPath = file, ImportTree = found.Tree }
            : null;
    }

    public override Diagnostic Refused(StageDraft draft, BuilderFinder finder, ContentException refusal) =>
        finder.Contents.FilesIn(finder.Paths.OfText(File)) is null
            ? base.Refused(draft, finder, refusal)
            : DeclarationErrors.RefusedFolder(draft.Item, File, refusal);
}
