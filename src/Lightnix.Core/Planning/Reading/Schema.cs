namespace Lightnix.Planning;

/// <summary>Every metadatum of every item, and the builders that it means something to.</summary>
public static class Schema
{
    /// <summary>The metadata of which a stage has exactly one, and the builder that each makes.</summary>
    internal static ImmutableArray<BuilderKind> Builders { get; } =
    [
        new(Names.Command, BuilderKinds.Command, "a command", CommandDraft.Read),
        new(Names.Script, BuilderKinds.Script, "a script", ScriptDraft.Read),
        new(Names.Program, BuilderKinds.Program, "a program", ProgramDraft.Read),
        new(Names.Url, BuilderKinds.Download, "a download", DownloadDraft.Read),
        new(Names.Path, BuilderKinds.Import, "an import", ImportDraft.Read),
        new(Names.From, BuilderKinds.Choice, "a choice", ChoiceDraft.Read),
    ];

    // Limits are taken where nothing runs, too: many authors write them on all stages. On a choice they were never taken.
    static readonly ImmutableSortedDictionary<string, MetadataRule> Stage = Table(
        new(Names.Command, BuilderKinds.Any),
        new(Names.Shell, BuilderKinds.Command),
        new(Names.Script, BuilderKinds.Any),
        new(Names.Interpreter, BuilderKinds.Script),
        new(Names.Program, BuilderKinds.Any),
        new(Names.ProgramConfiguration, BuilderKinds.Program),
        new(Names.ProgramFramework, BuilderKinds.Program),
        new(Names.Arguments, BuilderKinds.WithArguments),
        new(Names.Url, BuilderKinds.Any),
        new(Names.Sha256, BuilderKinds.Download),
        new(Names.DestinationFileName, BuilderKinds.Download),
        new(Names.Unpack, BuilderKinds.Download),
        new(Names.Path, BuilderKinds.Any),
        new(Names.From, BuilderKinds.Any),
        new(Names.Failed, BuilderKinds.Choice),
        new(Names.Inputs, BuilderKinds.Running),
        new(Names.Parameters, BuilderKinds.Running),
        new(Names.Matrix, BuilderKinds.Running),
        new(Names.Environment, BuilderKinds.Running),
        new(Names.Tools, BuilderKinds.Running),
        new(Names.Network, BuilderKinds.Reaching),
        new(Names.Platform, BuilderKinds.Running),
        new(Names.Seed, BuilderKinds.Running),
        new(Names.Epoch, BuilderKinds.Running),
        new(Names.Checkpoint, BuilderKinds.Running),
        new(Names.PassEnvironment, BuilderKinds.Making),
        new(Names.Cores, BuilderKinds.Making),
        new(Names.Memory, BuilderKinds.Making),
        new(Names.Gpus, BuilderKinds.Making),
        new(Names.TimeLimit, BuilderKinds.Making),
        new(Names.Retries, BuilderKinds.Making),
        new(Names.Intermediate, BuilderKinds.Making),
        new(Names.MustExist, BuilderKinds.Making));

    static readonly ImmutableSortedDictionary<string, MetadataRule> Source = Plain(Names.Stage, Names.Link);

    static readonly ImmutableSortedDictionary<string, MetadataRule> Promise = Plain(
        Names.Stage, Names.Type,
        Names.NonEmpty, Names.MinSize, Names.MaxSize, Names.Sha256,
        Names.Min, Names.Max, Names.Pointer,
        Names.Columns, Names.MinRows,
        Names.Pattern, Names.MinCount,
        Names.CopyToOutputDirectory, Names.CopyToPublishDirectory, Names.Link, Names.OutputItemType,
        Names.Pack, Names.PackagePath, Names.PackageCopyToOutput);

    static readonly ImmutableSortedDictionary<string, MetadataRule> Matcher = Plain(
        Names.Select, Names.Take, Names.AtLeast, Names.AtMost, Names.Metric, Names.Order, Names.Realizations);

    // What editors write beside any item. Everything else that MSBuild knows by itself never arrives as custom metadata.
    static readonly ImmutableSortedSet<string> Editors = ImmutableSortedSet.Create(
        StringComparer.OrdinalIgnoreCase, "DependentUpon", "Generator", "InProject", "LastGenOutput", "SubType", "Visible");

    /// <summary>True where an item of this kind has metadata of this name.</summary>
    public static bool Has(ItemKind kind, string name) => Of(kind).ContainsKey(name);

    internal static ImmutableSortedDictionary<string, MetadataRule> Of(ItemKind kind) => kind switch
    {
        ItemKind.Stage => Stage,
        ItemKind.Source => Source,
        ItemKind.Promise => Promise,
        _ => Matcher,
    };

    /// <summary>Metadata of an item that neither Lightnix nor an editor knows.</summary>
    internal static IEnumerable<string> UnknownNames(DeclaredItem item)
    {
        var known = Of(item.Kind);
        foreach (var (name, _) in item.Metadata)
        {
            if (!known.ContainsKey(name) && !name.StartsWith('_') && !Editors.Contains(name))
                yield return name;
        }
    }

    /// <summary>The kind of item that has metadata of this name; null: none has.</summary>
    internal static ItemKind? HomeOf(string name)
    {
        foreach (var kind in Enum.GetValues<ItemKind>())
        {
            if (Of(kind).ContainsKey(name))
                return kind;
        }
        return null;
    }

    /// <summary>True where the metadata mean nothing to a stage with this builder.</summary>
    internal static bool IsWithoutEffect(string name, BuilderKinds kind) =>
        Stage.TryGetValue(name, out var rule) && !rule.GoesWith.HasFlag(kind);

    /// <summary>The builders to which metadata of a stage mean something.</summary>
    internal static BuilderKinds BuildersOf(string name) => Stage[name].GoesWith;

    static ImmutableSortedDictionary<string, MetadataRule> Table(params IEnumerable<MetadataRule> rules) =>
        rules.ToImmutableSortedDictionary(r => r.Name, r => r, StringComparer.OrdinalIgnoreCase);

    static ImmutableSortedDictionary<string, MetadataRule> Plain(params IEnumerable<string> names) =>
        Table(names.Select(n => new MetadataRule(n, BuilderKinds.Any)));
}

/// <summary>What is known of a metadatum.</summary>
/// <param name="GoesWith">The builders that it means something to.</param>
sealed record MetadataRule(string Name, BuilderKinds GoesWith);
