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

    /// <summary>The project file, absolute; null where there is none to name.</summary>
    public string? File { get; init; }

    public required ImmutableArray<DeclaredItem> Items { get; init; }

    /// <summary>Absolute folders whose files are never sources: the link folder, <c>obj</c>, the store.</summary>
    public ImmutableArray<string> NeverSources { get; init; } = [];
}
