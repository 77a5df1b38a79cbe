namespace Lightnix.Model;

/// <summary>A piece of content that a builder can see below <c>in/</c>.</summary>
/// <param name="Path">Relative to <c>in/</c>: <c>split/train.csv</c>, or <c>model/2/model.zip</c> where several realizations may be
/// chosen.</param>
/// <param name="Kind">A file, or a folder with all that it holds.</param>
/// <param name="Executable">Of a file.</param>
/// <param name="Hash">Of a file's bytes; of a folder, the reference of its content as a tree of its own.</param>
public sealed record ContentEntry(RelativePath Path, ContentKind Kind, bool Executable, Digest Hash)
{
    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("path", Path.ToString())
        .With("type", Kind == ContentKind.File ? "file" : "directory")
        .WithFlag("executable", Executable)
        .With("sha256", Hash.ToString());

    internal static ContentEntry FromJson(JsonValue.Object json) => new(
        RelativePath.ParseExact(json.Text("path")),
        json.Text("type") switch
        {
            "file" => ContentKind.File,
            "directory" => ContentKind.Directory,
            var other => throw new FormatException($"the type '{other}' is not known"),
        },
        json.Flag("executable"),
        Digest.Parse(json.Text("sha256")));
}

public enum ContentKind
{
    /// <summary>A file's bytes.</summary>
    File,

    /// <summary>A folder with all that it holds.</summary>
    Directory,
}
