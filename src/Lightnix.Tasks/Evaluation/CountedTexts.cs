using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>The texts of items that are hashed or name something: a value that MSBuild replaced there by nothing goes unnoticed and stays in the store.</summary>
public static class CountedTexts
{
    /// <summary>The two that a shell or a program reads.</summary>
    public static ImmutableArray<string> CommandLines { get; } = [Names.Command, Names.Arguments];

    // Lists of items are what these are for.
    static readonly ImmutableSortedSet<string> Lists = Set(Names.Inputs, Names.Tools, Names.Stage, Names.PassEnvironment, Names.Columns, Names.Realizations);

    // How a stage is run, and what .NET does with a promised file.
    static readonly ImmutableSortedSet<string> Uncounted = Set(
        Names.PassEnvironment, Names.Cores, Names.Memory, Names.Gpus, Names.TimeLimit, Names.Retries, Names.MustExist,
        Names.CopyToOutputDirectory, Names.CopyToPublishDirectory, Names.OutputItemType, Names.Pack, Names.PackagePath, Names.PackageCopyToOutput);

    /// <summary>True where a property or a metadatum that is not there changes what is made, or where.</summary>
    public static bool Holds(ItemKind kind, string metadata) => Schema.Of(kind).ContainsKey(metadata) && !Uncounted.Contains(metadata);

    /// <summary>True where a list of items has no business.</summary>
    public static bool IsText(string metadata) => !Lists.Contains(metadata);

    static ImmutableSortedSet<string> Set(params string[] names) => ImmutableSortedSet.Create(StringComparer.OrdinalIgnoreCase, names);
}
