namespace Lightnix.Planning;

public sealed record DeclaredProject
{
    /// <summary>The project file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder, absolute: declared relative paths start here.</summary>
    public required string Directory { get; init; }

    /// <summary>The project file, absolute; null where there is none to name.</summary>
    public string? File { get; init; }

    public required ImmutableArray<DeclaredItem> Items { get; init; }

    /// <summary>The projects that it references and whose stages it may read.</summary>
    public ImmutableArray<ReferencedProject> References { get; init; } = [];

    /// <summary>True where it references projects that are not among these: programs, and whatever a C# project references.</summary>
    public bool HasMoreReferences { get; init; }

    public ImmutableArray<ReferencedStage> ReferencedStages { get; init; } = [];

    /// <summary>True where the stages of referenced projects are not asked for: what is read of them is no mistake.</summary>
    public bool IsOutline { get; init; }

    /// <summary>Programs that have several target frameworks: which, by the full path of the project.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Frameworks { get; init; } = NoFrameworks;

    static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoFrameworks =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Absolute folders whose files are never sources: the link folder, <c>obj</c>, the store.</summary>
    public ImmutableArray<string> NeverSources { get; init; } = [];

    /// <summary>The lock file, absolute, which is never a source whatever its name is; null: one of the usual name, or none.</summary>
    public string? LockFile { get; init; }

    /// <summary>True of an item that its <c>Include</c> spells out, where no wildcard found it. The answer may take long, so it is asked
    /// only of files that are never a source.</summary>
    public Func<DeclaredItem, bool> IsNamed { get; init; } = _ => false;

    /// <summary>True where an author wrote a metadatum on the item itself, and false where the item inherited it. Asked of metadata that
    /// mean nothing: only a written one is a mistake.</summary>
    public Func<DeclaredItem, string, bool> IsWritten { get; init; } = (_, _) => true;

    /// <summary>The wildcard that found an item; null: the author named the item, or unknown. Asked only for a diagnostic.</summary>
    public Func<DeclaredItem, string?> WildcardOf { get; init; } = _ => null;
}

/// <summary>A project that another references.</summary>
/// <param name="Name">What placeholders call it.</param>
/// <param name="File">Absolute.</param>
public sealed record ReferencedProject(string Name, string File);
