namespace Lightnix.Cli;

/// <summary>Items that targets of a build give: <c>dotnet build -t:TARGET -getItem:ITEM</c>.</summary>
static class BuiltItems
{
    /// <summary>The items with their metadata; null where the build failed: MSBuild's messages are on standard error then.</summary>
    /// <param name="words">Arguments of <c>dotnet build</c>.</param>
    public static ImmutableArray<JsonValue.Object>? Ask(IEnumerable<string> words, string item)
    {
        var result = Path.Combine(Path.GetTempPath(), $"lightnix-{Path.GetRandomFileName()}.json");
        try
        {
            return DotnetBuild.TryRun([.. words, "-nologo", "-tl:off", $"-getItem:{item}", $"-getResultOutputFile:{result}"])
                && File.Exists(result) ? Read(result, item) : null;
        }
        finally
        {
            File.Delete(result);
        }
    }

    /// <summary>Null where the file has none.</summary>
    public static ImmutableArray<JsonValue.Object>? Read(string file, string item) =>
        JsonReader.TryParse(File.ReadAllBytes(file), out var json, out _) && json is JsonValue.Object root
            && root.Find("Items") is JsonValue.Object items && items.Find(item) is JsonValue.Array found
            ? [.. found.Items.OfType<JsonValue.Object>()] : null;
}
