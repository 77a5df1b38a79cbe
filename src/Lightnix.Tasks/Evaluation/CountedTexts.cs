using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>Texts of items that are hashed or name something. What MSBuild replaces in them by nothing goes into the store.</summary>
static class CountedTexts
{
    /// <summary>The two texts that a shell or a program reads.</summary>
    public static ImmutableArray<string> CommandLines { get; } = [Names.Command, Names.Arguments];

    // Texts that may be lists of items.
    static readonly ImmutableSortedSet<string> Lists =
        Set(Names.Inputs, Names.Tools, Names.Stage, Names.PassEnvironment, Names.Columns, Names.Realizations);

    // How a stage is run, and what .NET does with a promised file.
    static readonly ImmutableSortedSet<string> Uncounted = Set(
        Names.PassEnvironment, Names.Cores, Names.Memory, Names.Gpus, Names.TimeLimit, Names.Retries, Names.Intermediate,
        Names.MustExist, Names.Checkpoint,
        Names.CopyToOutputDirectory, Names.CopyToPublishDirectory, Names.OutputItemType, Names.Pack, Names.PackagePath,
        Names.PackageCopyToOutput);

    /// <summary>True where a lost property or lost metadata change what is made, or where it is made.</summary>
    public static bool Holds(ItemKind kind, string metadata) => Schema.Has(kind, metadata) && !Uncounted.Contains(metadata);

    /// <summary>True where a list of items makes no sense.</summary>
    public static bool IsText(string metadata) => !Lists.Contains(metadata);

    static ImmutableSortedSet<string> Set(params string[] names) => ImmutableSortedSet.Create(StringComparer.OrdinalIgnoreCase, names);
}
