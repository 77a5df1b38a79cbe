using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Planning;

/// <summary>A builder as it was written, before the working tree was read.</summary>
abstract record BuilderDraft
{
    BuilderDraft() { }

    /// <param name="Shell">As declared, or null.</param>
    public sealed record Command(string Text, string? Shell) : BuilderDraft;

    /// <param name="File">As declared.</param>
    /// <param name="Interpreter">As declared, or null.</param>
    public sealed record Script(string File, ImmutableArray<string> Words, string? Interpreter) : BuilderDraft;

    public sealed record Program(ProgramProject Project, ImmutableArray<string> Words) : BuilderDraft;

    public sealed record Download(Digest Sha256, string FileName, bool Unpack) : BuilderDraft;

    /// <param name="File">A file or folder, as declared.</param>
    public sealed record Import(string File) : BuilderDraft;

    /// <summary>The texts that may hold placeholders, and the metadatum that they are written in.</summary>
    public (string Metadata, ImmutableArray<string> Texts) Templates => this switch
    {
        Command c => (Names.Command, [c.Text]),
        Script s => (Names.Arguments, s.Words),
        Program p => (Names.Arguments, p.Words),
        _ => ("", []),
    };
}
