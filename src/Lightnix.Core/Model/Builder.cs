using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Model;

/// <summary>What runs a stage, as a derivation describes it. Placeholders are not expanded.</summary>
public abstract record Builder
{
    Builder() { }

    /// <summary>A shell command.</summary>
    /// <param name="Text">Dedented, with placeholders.</param>
    /// <param name="Shell">As declared in a derivation (null: the system's default); the actual one when resolved.</param>
    public sealed record Command(string Text, string? Shell) : Builder;

    /// <summary>A script, which is a source too.</summary>
    /// <param name="Path">Where it is in the working folder.</param>
    /// <param name="Arguments">Words, with placeholders.</param>
    /// <param name="Interpreter">As declared in a derivation (null: by file extension); the actual one when resolved.</param>
    public sealed record Script(RelativePath Path, ImmutableArray<string> Arguments, string? Interpreter) : Builder;

    /// <summary>A .NET program: its normalised output, and the file in it that <c>dotnet</c> runs.</summary>
    public sealed record Program(Reference<Tree> Output, RelativePath Entry, ImmutableArray<string> Arguments) : Builder;

    /// <summary>A download: known by its content, wherever it comes from.</summary>
    public sealed record Download(Digest Sha256, string FileName, bool Unpack) : Builder;

    /// <summary>A file or folder of the working tree, taken as it is.</summary>
    public sealed record Import(Reference<Tree> Tree) : Builder;

    /// <summary>True for builders that run a process: they have seeds, replicates and a working folder.</summary>
    public bool Runs => this is Command or Script or Program;

    internal JsonValue.Object ToJson() => this switch
    {
        Command c => Kind("command").With("command", c.Text).WithOptional("shell", c.Shell),
        Script s => Kind("script").With("script", s.Path.ToString()).WithOptional("arguments", JsonValue.Texts(s.Arguments).Items)
            .WithOptional("interpreter", s.Interpreter),
        Program p => Kind("program").With("program", p.Output.ToString()).With("entry", p.Entry.ToString())
            .WithOptional("arguments", JsonValue.Texts(p.Arguments).Items),
        Download d => Kind("download").With("sha256", d.Sha256.ToString()).With("fileName", d.FileName).WithFlag("unpack", d.Unpack),
        Import i => Kind("import").With("tree", i.Tree.ToString()),
        _ => throw new InvalidOperationException($"no encoding for {GetType().Name}"),
    };

    internal static Builder FromJson(JsonValue.Object json) => json.Text("kind") switch
    {
        "command" => new Command(json.Text("command"), json.OptionalText("shell")),
        "script" => new Script(RelativePath.ParseExact(json.Text("script")), json.OptionalTexts("arguments"),
            json.OptionalText("interpreter")),
        "program" => new Program(Reference<Tree>.Parse(json.Text("program")), RelativePath.ParseExact(json.Text("entry")),
            json.OptionalTexts("arguments")),
        "download" => new Download(Digest.Parse(json.Text("sha256")), json.Text("fileName"), json.Flag("unpack")),
        "import" => new Import(Reference<Tree>.Parse(json.Text("tree"))),
        var other => throw new FormatException($"the builder kind '{other}' is not known"),
    };

    static JsonValue.Object Kind(string kind) => JsonValue.Object.Empty.With("kind", kind);
}
