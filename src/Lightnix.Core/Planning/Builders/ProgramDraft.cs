namespace Lightnix.Planning;

/// <summary>A .NET program that MSBuild builds first.</summary>
sealed record ProgramDraft(ProgramProject Project, ImmutableArray<string> Words) : BuilderDraft
{
    static readonly ImmutableArray<string> Endings = [".csproj", ".fsproj", ".vbproj"];

    public override (string Metadata, ImmutableArray<string> Texts) Templates => (Names.Arguments, Words);

    public static ProgramDraft Read(ItemReader reader, Findings findings) => new(
        new(reader.Text(Names.Program)!, reader.Text(Names.ProgramConfiguration), reader.Text(Names.ProgramFramework)),
            BuilderReader.Words(reader));

    // MSBuild would stop at an import of ours where it is to build something else. The SDK's own text filters by the same endings.
    public static bool IsProject(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    public override FoundBuilder? Find(StageDraft draft, BuilderFinder finder)
    {
        var (item, declared) = (draft.Item, Project.Project);
        var file = finder.Paths.OfText(declared);
        if (finder.RefuseResult(draft, Names.Program, declared))
            return null;
        if (Project.Framework is null && finder.Project.Frameworks.TryGetValue(file, out var several))
        {
            finder.Findings.Add(ProgramErrors.SeveralFrameworks(item, declared, several));
            return null;
        }
        if (finder.Output(Project) is { } output && !finder.Paths.IsProject(file))
            return new(new Builder.Program(output.Output.Reference, output.Entry, Words)) { Program = output };
        if (finder.Paths.IsProject(file))
            finder.Findings.Add(ProgramErrors.IsOwnProject(item, declared));
        else if (!IsProject(file))
            FindNoProject(item, file, finder);
        else if (finder.Contents.Exists(file))
            finder.Unbuilt.Add(ProgramErrors.WithoutOutput(item, declared));
        else
            finder.AddMissing(declared, ProgramErrors.Missing(item, declared, file));
        return null;
    }

    void FindNoProject(DeclaredItem item, string file, BuilderFinder finder)
    {
        if (finder.Contents.FilesIn(file) is { } files)
            finder.Findings.Add(ProgramErrors.IsFolder(item, Project.Project, [.. files.Where(IsProject)]));
        else if (finder.Contents.Exists(file))
            finder.Findings.Add(ProgramErrors.IsNoProject(item, Project.Project));
        else
            finder.AddMissing(Project.Project, ProgramErrors.Missing(item, Project.Project, file));
    }
}
