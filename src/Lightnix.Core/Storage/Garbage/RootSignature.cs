namespace Lightnix.Storage;

/// <summary>A digest of which roots and pins there are, that changes whenever one is written, without reading them.</summary>
static class RootSignature
{
    public static string Of(StoreLayout layout)
    {
        var lines = from folder in new[] { layout.Roots, layout.Pins }
                    from name in Files.Names(folder).Order(StringComparer.Ordinal)
                    let facts = Files.Facts(Path.Combine(folder, name))
                    select $"{folder} {name} {facts?.Modified} {facts?.Inode?.Number} {facts?.Inode?.Changed}";
        return Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', lines))).ToString();
    }
}
