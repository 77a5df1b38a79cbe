using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>A project as evaluation gave it.</summary>
public sealed record DeclaredProject
{
    /// <summary>The project file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder, absolute: declared relative paths start here.</summary>
    public required string Directory { get; init; }

    public required ImmutableArray<DeclaredItem> Items { get; init; }

    /// <summary>Absolute folders whose files are never sources (the link folder, <c>obj</c>, the store), and such files (a lock file of another name than usual).</summary>
    public ImmutableArray<string> NeverSources { get; init; } = [];
}
