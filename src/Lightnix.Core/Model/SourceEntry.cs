namespace Lightnix.Model;

/// <summary>A source as it is hashed: path in the working folder, content, executable bit.</summary>
public sealed record SourceEntry(RelativePath Path, Digest Content, bool Executable)
{
    internal JsonValue.Object ToJson() =>
        JsonValue.Object.Empty.With("path", Path.ToString()).With("sha256", Content.ToString()).WithFlag("executable", Executable);

    internal static SourceEntry FromJson(JsonValue.Object json) =>
        new(RelativePath.ParseExact(json.Text("path")), Digest.Parse(json.Text("sha256")), json.Flag("executable"));
}
