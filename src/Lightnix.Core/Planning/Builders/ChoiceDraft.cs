namespace Lightnix.Planning;

/// <summary>A choice among the results of other stages: what it names is read with the inputs.</summary>
sealed record ChoiceDraft : BuilderDraft
{
    public static ChoiceDraft Read(ItemReader reader, Findings findings)
    {
        if (reader.List(Names.From).IsEmpty)
            reader.Refuse(Names.From, reader.Text(Names.From)!,
                "a choice names at least one stage, as From=\"train\" or From=\"data:train\"");
        return new();
    }

    public override FoundBuilder Find(StageDraft draft, BuilderFinder finder) => new(new Builder.Choice());
}
