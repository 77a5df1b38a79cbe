namespace Lightnix.Model;

/// <summary>A path that another project may read.</summary>
/// <param name="Pointer">A JSON pointer to the number in it; null where there is none.</param>
public sealed record ReferencedPromise(RelativePath Path, PromiseType Type, string? Pointer)
{
    public static ReferencedPromise Of(Promise promise) => new(promise.Path, promise.Type, promise.Pointer);

    /// <summary>Then what is below it may be read too.</summary>
    public bool MayBeFolder => Type is PromiseType.Any or PromiseType.Directory;

    /// <summary>True for the promised path, and for one below a promised folder.</summary>
    public bool Covers(RelativePath path) => Path == path || (MayBeFolder && Path.Contains(path));

    /// <summary>As <c>Csv train.csv</c> or <c>Json#/accuracy scores.json</c>, with the blanks of a pointer escaped.</summary>
    public override string ToString() => Pointer is null ? $"{Type} {Path}" : $"{Type}#{Uri.EscapeDataString(Pointer)} {Path}";

    /// <exception cref="FormatException">The text is not one of <see cref="ToString"/>.</exception>
    public static ReferencedPromise Parse(string text)
    {
        var (what, path) = text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank
            ? (text[..blank].Split('#', 2), text[(blank + 1)..])
            : throw new FormatException($"'{text}' is no promise");
        return Enum.TryParse<PromiseType>(what[0], out var type)
            ? new(RelativePath.Parse(path), type, what is [_, var pointer] ? Uri.UnescapeDataString(pointer) : null)
            : throw new FormatException($"'{what[0]}' is no type of a promise");
    }
}
