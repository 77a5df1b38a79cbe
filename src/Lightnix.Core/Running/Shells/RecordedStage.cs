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
            Program = run.Resolved.Builder is Builder.Program { Output: var output, Entry: var entry }
                ? new(run.Store.Trees.FolderOf(output), entry, run.Store.Trees.Get(output))
                : null,
            Templates = templates,
            Variables = variables,
        };
    }

    static long? Limit(RunFacts facts, string name) =>
        facts.Limits.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : null;
}
