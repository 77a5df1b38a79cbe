using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Looks in the working tree for what builders are made of: scripts, programs, imports.</summary>
sealed class BuilderFinder(
    DeclaredProject project,
    ProjectPaths paths,
    ForbiddenPaths forbidden,
    IContents contents,
    SourceReader sources,
    Findings findings,
    Findings unbuilt)
{
    static readonly ImmutableArray<string> ProjectEndings = [".csproj", ".fsproj", ".vbproj"];

    readonly SortedDictionary<string, ImportedContent?> _imports = new(StringComparer.Ordinal);
    readonly SortedDictionary<ProgramProject, ProgramOutput?> _programs = [];

    /// <summary>The builder of a stage, or null where something is missing or refused.</summary>
    public FoundBuilder? Find(StageDraft draft)
    {
        try
        {
            return FindBuilder(draft);
        }
        catch (ContentException refusal)
        {
            findings.Add(draft.Builder is BuilderDraft.Import import && contents.FilesIn(paths.OfText(import.File)) is not null
                ? DeclarationErrors.RefusedFolder(draft.Item, import.File, refusal)
                : DeclarationErrors.Refused(draft.Item, Schema.Builders.First(b => b.Kind == draft.Kind).Name, refusal));
            return null;
        }
    }

    FoundBuilder? FindBuilder(StageDraft draft) => draft.Builder switch
    {
        BuilderDraft.Command command => new(new Builder.Command(command.Text, command.Shell)),
        BuilderDraft.Script script => FindScript(draft, script),
        BuilderDraft.Program program => FindProgram(draft, program),
        BuilderDraft.Download download => FindDownload(draft, download),
        BuilderDraft.Import import => FindImport(draft, import),
        _ => null,
    };

    FoundBuilder? FindScript(StageDraft draft, BuilderDraft.Script script)
    {
        var file = paths.OfText(script.File);
        var path = paths.Inside(file) ?? sources.LinkOf(draft, file)?.Entry.Path;
        if (path is null)
            findings.Add(DeclarationErrors.ScriptOutside(draft.Item, script.File));
        else if (SourceReader.IsReserved(path))
            findings.Add(DeclarationErrors.SourceInReservedFolder(draft.Item, path, Names.Script));
        else if (forbidden.Of(file) is { } written)
            findings.Add(ForbiddenErrors.Script(draft.Item, script.File, written));
        _ = RefuseResult(draft, Names.Interpreter, script.Interpreter);
        if (sources.Content(file) is not { } content)
            AddMissing(script.File, MissingErrors.Script(draft.Item, script.File, file, contents.Look(file)));
        else if (path is not null)
            return new(new Builder.Script(path, script.Words, script.Interpreter)) { Script = new(new(path, content.Digest, content.Executable), file) };
        return null;
    }

    FoundBuilder FindDownload(StageDraft draft, BuilderDraft.Download download)
    {
        foreach (var url in draft.Execution.Urls)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { IsFile: true, IsUnc: false } && forbidden.Of(uri.LocalPath) is { } written)
                findings.Add(ForbiddenErrors.Value(draft.Item, Names.Url, url, written));
        }
        return new(new Builder.Download(download.Sha256, download.FileName, download.Unpack));
    }

    // A name is looked for on the path of the machine, and what is below 'in' is an input.
    bool RefuseResult(StageDraft draft, string metadata, string? value)
    {
        if (value is null || !value.AsSpan().ContainsAny('/', '\\') || value.StartsWith("in/", StringComparison.Ordinal) || forbidden.OfResult(paths.OfText(value)) is not { } written)
            return false;
        findings.Add(ForbiddenErrors.Value(draft.Item, metadata, value, written));
        return true;
    }

    FoundBuilder? FindProgram(StageDraft draft, BuilderDraft.Program program)
    {
        var file = paths.OfText(program.Project.Project);
        if (RefuseResult(draft, Names.Program, program.Project.Project))
            return null;
        if (program.Project.Framework is null && project.Frameworks.TryGetValue(file, out var several))
        {
            findings.Add(ProgramErrors.SeveralFrameworks(draft.Item, program.Project.Project, several));
            return null;
        }
        if (!_programs.TryGetValue(program.Project, out var output))
            _programs[program.Project] = output = contents.Program(program.Project);
        if (output is not null && !paths.IsProject(file))
            return new(new Builder.Program(output.Output.Reference, output.Entry, program.Words)) { Program = output };
        if (paths.IsProject(file))
            findings.Add(ProgramErrors.IsOwnProject(draft.Item, program.Project.Project));
        else if (!IsProject(file))
            FindNoProject(draft, program.Project.Project, file);
        else if (contents.Exists(file))
            unbuilt.Add(ProgramErrors.WithoutOutput(draft.Item, program.Project.Project));
        else
            AddMissing(program.Project.Project, ProgramErrors.Missing(draft.Item, program.Project.Project, file));
        return null;
    }

    // MSBuild would stop at a line of ours where it is told to build something else; so the SDK's own text gives it nothing else, by the same endings.
    public static bool IsProject(string file) => ProjectEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    void FindNoProject(StageDraft draft, string program, string file)
    {
        if (contents.FilesIn(file) is { } files)
            findings.Add(ProgramErrors.IsFolder(draft.Item, program, [.. files.Where(IsProject)]));
        else if (contents.Exists(file))
            findings.Add(ProgramErrors.IsNoProject(draft.Item, program));
        else
            AddMissing(program, ProgramErrors.Missing(draft.Item, program, file));
    }

    FoundBuilder? FindImport(StageDraft draft, BuilderDraft.Import import)
    {
        var file = paths.OfText(import.File);
        if (forbidden.OfText(file) is { } never)
        {
            findings.Add(ForbiddenErrors.Import(draft.Item, import.File, never));
            return null;
        }
        if (!_imports.TryGetValue(file, out var found))
            _imports[file] = found = contents.Import(file, project.Directory);
        foreach (var (path, written) in found?.Refused ?? [])
            findings.Add(ForbiddenErrors.ImportedLink(draft.Item, import.File, path == file ? null : path, forbidden.Of(path, written)));
        if (found is null)
            AddMissing(import.File, MissingErrors.Path(draft.Item, import.File, file, contents.Look(file)));
        return found is { Refused.IsEmpty: true } ? new(new Builder.Import(found.Tree.Reference)) { ImportPath = file, ImportTree = found.Tree } : null;
    }

    // A placeholder in a path is a finding already.
    void AddMissing(string declared, Diagnostic diagnostic)
    {
        if (!declared.Contains("@{", StringComparison.Ordinal))
            findings.Add(diagnostic);
    }
}

/// <summary>A builder, and what it was found in.</summary>
sealed record FoundBuilder(Builder Builder)
{
    public SourceFile? Script { get; init; }

    public ProgramOutput? Program { get; init; }

    public string? ImportPath { get; init; }

    public Tree? ImportTree { get; init; }
}
