using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Stages that go from one project to another, as items: one a stage, with references only.</summary>
/// <remarks>Every metadatum is written even when it is empty: the MSBuild task fills in what is absent from the reference that was asked.</remarks>
static class HandedItems
{
    const string Project = nameof(HandedStage.Project);
    const string Stage = nameof(ItemKind.Stage);
    const string Axes = nameof(HandedStage.Axes);
    const string Promises = nameof(HandedStage.Promises);
    const string Plural = nameof(HandedStage.Plural);
    const string Store = nameof(HandedStage.Store);
    const string Derivation = nameof(HandedStage.Derivation);
    const string Matcher = nameof(HandedStage.Matcher);
    const string Resolved = nameof(HandedChoice.Resolved);
    const string Realizations = nameof(HandedChoice.Realizations);
    const string Trees = nameof(HandedChoice.Trees);
    const string Fails = nameof(HandedStage.Fails);

    public static ITaskItem[] From(ImmutableArray<HandedStage> stages) => [.. stages.Select(From)];

    public static HandedStage Read(ITaskItem item) => new()
    {
        Project = Text(item, Project),
        Name = StageName.Parse(item.ItemSpec),
        DeclaredName = StageName.Parse(Text(item, Stage)),
        Axes = List(item, Axes).Select(axis => axis.Split('=', 2)).ToImmutableSortedDictionary(a => a[0], a => a[1], Utf8Order.Instance),
        Promises = [.. List(item, Promises).Select(p => new HandedPromise(RelativePath.Parse(p.TrimEnd('/')), p.EndsWith('/')))],
        Plural = Text(item, Plural) == "true",
        Store = Text(item, Store),
        Derivation = Reference<Model.Derivation>.TryParse(Text(item, Derivation), out var derivation) ? derivation : null,
        Matcher = Digest.TryParse(Text(item, Matcher), out var matcher) ? matcher : null,
        Choice = Reference<Model.Resolved>.TryParse(Text(item, Resolved), out var resolved)
            ? new(resolved, [.. List(item, Realizations).Select(Reference<Realization>.Parse)], [.. List(item, Trees).Select(Reference<Tree>.Parse)])
            : null,
        Fails = Text(item, Fails) == "true",
    };

    static TaskItem From(HandedStage stage)
    {
        var item = new TaskItem(ProjectCollection.Escape(stage.Name.ToString()));
        Set(Project, stage.Project);
        Set(Stage, stage.DeclaredName.ToString());
        Set(Axes, [.. stage.Axes.Select(a => $"{a.Key}={a.Value}")]);
        // What is below a folder may be read too: a slash says so.
        Set(Promises, [.. stage.Promises.Select(p => p.MayBeFolder ? $"{p.Path}/" : p.Path.ToString())]);
        Set(Plural, stage.Plural ? "true" : "false");
        Set(Store, stage.Store);
        Set(Derivation, stage.Derivation?.ToString() ?? "");
        Set(Matcher, stage.Matcher?.ToString() ?? "");
        Set(Resolved, stage.Choice?.Resolved.ToString() ?? "");
        Set(Realizations, [.. stage.Choice?.Realizations.Select(r => r.ToString()) ?? []]);
        Set(Trees, [.. stage.Choice?.Trees.Select(t => t.ToString()) ?? []]);
        Set(Fails, stage.Fails ? "true" : "false");
        return item;

        void Set(string name, params ImmutableArray<string> values) => item.SetMetadata(name, string.Join(';', values.Select(ProjectCollection.Escape)));
    }

    static string Text(ITaskItem item, string name) => item.GetMetadata(name);

    static IEnumerable<string> List(ITaskItem item, string name) =>
        ((ITaskItem2)item).GetMetadataValueEscaped(name).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ProjectCollection.Unescape);
}
