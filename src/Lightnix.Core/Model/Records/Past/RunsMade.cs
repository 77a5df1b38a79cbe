namespace Lightnix.Model;

/// <summary>How many runs a build made for a stage.</summary>
public sealed record RunsMade(int Completed, int Failed)
{
    internal JsonValue.Object ToJson()
    {
        var json = Completed == 0 ? JsonValue.Object.Empty : JsonValue.Object.Empty.With("completed", Completed);
        return Failed == 0 ? json : json.With("failed", Failed);
    }

    internal static RunsMade FromJson(JsonValue.Object json) => new(Count(json, "completed"), Count(json, "failed"));

    static int Count(JsonValue.Object json, string name) => json.Find(name) is null ? 0 : json.Count(name, least: 0);
}
