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
    ];

    // Limits are taken everywhere: they are given to all stages at once, by ItemDefinitionGroup, and mean nothing where nothing runs.
    static readonly ImmutableSortedDictionary<string, MetadataRule> Stage = Table(
        (Names.Command, BuilderKinds.Any),
        (Names.Shell, BuilderKinds.Command),
        (Names.Script, BuilderKinds.Any),
        (Names.Interpreter, BuilderKinds.Script),
        (Names.Program, BuilderKinds.Any),
        (Names.ProgramConfiguration, BuilderKinds.Program),
        (Names.ProgramFramework, BuilderKinds.Program),
        (Names.Arguments, BuilderKinds.WithArguments),
        (Names.Url, BuilderKinds.Any),
        (Names.Sha256, BuilderKinds.Download),
        (Names.DestinationFileName, BuilderKinds.Download),
        (Names.Unpack, BuilderKinds.Download),
        (Names.Path, BuilderKinds.Any),
        (Names.Inputs, BuilderKinds.Running),
        (Names.Parameters, BuilderKinds.Running),
        (Names.Matrix, BuilderKinds.Running),
        (Names.Environment, BuilderKinds.Running),
        (Names.Tools, BuilderKinds.Running),
        (Names.Network, BuilderKinds.Reaching),
        (Names.Platform, BuilderKinds.Running),
        (Names.Seed, BuilderKinds.Running),
        (Names.Epoch, BuilderKinds.Running),
        (Names.Checkpoint, BuilderKinds.Running),
        (Names.PassEnvironment, BuilderKinds.Any),
        (Names.Cores, BuilderKinds.Any),
        (Names.Memory, BuilderKinds.Any),
        (Names.Gpus, BuilderKinds.Any),
        (Names.TimeLimit, BuilderKinds.Any),
        (Names.Retries, BuilderKinds.Any),
        (Names.MustExist, BuilderKinds.Any));

    static readonly ImmutableSortedDictionary<string, MetadataRule> Source = Table(Names.Stage, Names.Link);

    static readonly ImmutableSortedDictionary<string, MetadataRule> Promise = Table(
        Names.Stage, Names.Type,
        Names.NonEmpty, Names.MinSize, Names.MaxSize, Names.Sha256,
        Names.Min, Names.Max, Names.Pointer,
        Names.Columns, Names.MinRows,
        Names.Pattern, Names.MinCount,
        Names.CopyToOutputDirectory, Names.CopyToPublishDirectory, Names.Link, Names.OutputItemType,
        Names.Pack, Names.PackagePath, Names.PackageCopyToOutput);

    static readonly ImmutableSortedDictionary<string, MetadataRule> Matcher = Table(
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

    static ImmutableSortedDictionary<string, MetadataRule> Table(params IEnumerable<(string Name, BuilderKinds GoesWith)> rows) =>
        rows.ToImmutableSortedDictionary(r => r.Name, r => new MetadataRule(r.GoesWith), StringComparer.OrdinalIgnoreCase);

    static ImmutableSortedDictionary<string, MetadataRule> Table(params IEnumerable<string> names) =>
        Table(names.Select(n => (n, BuilderKinds.Any)));
}

/// <summary>What is known of a metadatum.</summary>
/// <param name="GoesWith">The builders that it means something to.</param>
sealed record MetadataRule(BuilderKinds GoesWith);
