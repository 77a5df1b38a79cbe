namespace Lightnix.Planning;

/// <summary>The default program for a script, by the extension of its name.</summary>
public static class Interpreters
{
    public static ImmutableSortedDictionary<string, string> ByExtension { get; } =
        ImmutableSortedDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create(".cs", "dotnet"),
        KeyValuePair.Create(".js", "node"),
        KeyValuePair.Create(".ps1", "pwsh"),
        KeyValuePair.Create(".py", "python3"),
        KeyValuePair.Create(".r", "Rscript"),
        KeyValuePair.Create(".sh", "sh"),
    ]);

    /// <summary>The default interpreter, or null for an extension that has none.</summary>
    public static string? For(RelativePath script) => For(script.Name);

    internal static string? For(string file) =>
        file.LastIndexOf('.') is >= 0 and var dot ? ByExtension.GetValueOrDefault(file[dot..]) : null;
}
