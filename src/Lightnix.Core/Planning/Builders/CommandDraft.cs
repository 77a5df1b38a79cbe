namespace Lightnix.Planning;

/// <summary>A shell command.</summary>
/// <param name="Shell">As declared, or null.</param>
sealed record CommandDraft(string Text, string? Shell) : BuilderDraft
{
    public override (string Metadata, ImmutableArray<string> Texts) Templates => (Names.Command, [Text]);

    public static CommandDraft Read(ItemReader reader, Findings findings) =>
        new(Dedent.Text(reader.Raw(Names.Command)!), reader.Choice(Names.Shell, Shells.All));

    public override FoundBuilder Find(StageDraft draft, BuilderFinder finder) => new(new Builder.Command(Text, Shell));
}
