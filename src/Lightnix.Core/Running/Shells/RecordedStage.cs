using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>Makes a stage of the records of a run, with which its working folder is made as a build would make it.</summary>
static class RecordedStage
{
    public static PlannedStage Of(RecordedRun run)
    {
        var (derivation, text) = (run.Derivation, new RecordedText(run.Derivation, run.Store.Records.Find));
        ImmutableArray<string> texts = derivation.Builder switch
        {
            Builder.Command command => [command.Text],
            Builder.Script script => script.Arguments,
            Builder.Program program => program.Arguments,
            _ => [],
        };
        ImmutableArray<Template> templates = [.. texts.Select(text.Parse)];
        var variables = derivation.Environment.Where(v => v.Value.Contains("@{", StringComparison.Ordinal))
            .ToImmutableSortedDictionary(v => v.Key, v => text.Parse(v.Value), StringComparer.Ordinal);
        return new()
        {
            Name = derivation.Name,
            DeclaredName = derivation.Name,
            Item = new(ItemKind.Stage, derivation.Name.ToString(), DeclaredItem.NoMetadata, 0),
            Derivation = derivation,
            Reference = run.Facts.Derivation,
            Inputs = [.. run.Inputs.Select(i => i.Input)],
            Promises = [],
            Matcher = Matcher.Default,
            Execution = new()
            {
                PassEnvironment = run.Facts.Passed,
                Cores = (int?)Limit(run.Facts, "cores"),
                Gpus = (int?)Limit(run.Facts, "gpus"),
                Checkpoint = templates.Concat(variables.Values).SelectMany(t => t.Parts).Any(p => p is TemplatePart.Checkpoint),
            },
            Sources =
            [
                .. from source in derivation.Sources
                   let file = run.FileOf(source)
                   where file is not null
                   select new SourceFile(source, file),
            ],
            Program = run.Resolved.Builder is Builder.Program own ? Program(run, own) : null,
            Templates = templates,
            Variables = variables,
        };
    }

    // A program that was compiled since the last build is not in the store yet.
    static ProgramOutput Program(RecordedRun run, Builder.Program program)
    {
        var trees = run.Store.Trees;
        if (run.ProgramFolder is { } folder && !trees.Contains(program.Output) && trees.Take(folder).Reference != program.Output)
            throw RunErrors.ChangedProgram(folder);
        return new(trees.FolderOf(program.Output), program.Entry, trees.Get(program.Output));
    }

    static long? Limit(RunFacts facts, string name) =>
        facts.Limits.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : null;
}
