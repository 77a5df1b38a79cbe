namespace Lightnix.Planning;

/// <summary>A builder as it is declared, before the working tree is read. Each kind reads itself, finds files, has templates.</summary>
abstract record BuilderDraft
{
    /// <summary>The texts that may hold placeholders, and the metadata in which they are written.</summary>
    public virtual (string Metadata, ImmutableArray<string> Texts) Templates => ("", []);

    /// <summary>Looks in the working tree.</summary>
    /// <returns>Null after a finding.</returns>
    public abstract FoundBuilder? Find(StageDraft draft, BuilderFinder finder);

    /// <summary>The error for content that is there and cannot be taken.</summary>
    public virtual Diagnostic Refused(StageDraft draft, BuilderFinder finder, ContentException refusal) =>
        DeclarationErrors.Refused(draft.Item, Schema.Builders.First(b => b.Kind == draft.Kind).Name, refusal);
}
