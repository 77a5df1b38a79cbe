namespace Lightnix.Model;

/// <summary>Where a path leads through symbolic links.</summary>
/// <param name="Path">Null where it leads out of the root, or in a circle.</param>
/// <param name="Escapes">True where it leads out of the root.</param>
sealed record LinkEnd(RelativePath? Path, bool Escapes)
{
    public static LinkEnd Outside { get; } = new(null, Escapes: true);
    public static LinkEnd Nowhere { get; } = new(null, Escapes: false);
}
