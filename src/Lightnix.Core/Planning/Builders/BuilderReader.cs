namespace Lightnix.Planning;

/// <summary>Reads the one builder of a stage.</summary>
static class BuilderReader
{
    /// <returns>No kind when there is not exactly one builder; no builder when it lacks something.</returns>
    public static (BuilderKinds Kind, BuilderDraft? Builder, ImmutableArray<string> Urls) Read(ItemReader reader, Findings findings)
    {
        var written = Schema.Builders.Where(b => reader.Text(b.Name) is not null).ToImmutableArray();
        if (written is [var kind])
            return (kind.Kind, kind.Read(reader, findings), DownloadDraft.Urls(reader.Item));
        if (written.Length > 1)
            findings.Add(DeclarationErrors.SeveralBuilders(reader.Item, written.Select(b => b.Name)));
        else if (!IsMisspelled(reader))
            findings.Add(DeclarationErrors.NoBuilder(reader.Item, Schema.Builders.Select(b => b.Name)));
        return (BuilderKinds.None, null, []);
    }

    /// <summary>The words of the arguments.</summary>
    public static ImmutableArray<string> Words(ItemReader reader)
    {
        var text = reader.Text(Names.Arguments) ?? "";
        var words = ArgumentWords.Split(text, out var unclosed);
        if (unclosed is { } quote)
            reader.Refuse(Names.Arguments, text, $"a {quote} is opened and not closed; put a literal one between quotes of the other kind");
        return words;
    }

    // 'Commnd' is one mistake: that there is no builder follows from it.
    static bool IsMisspelled(ItemReader reader) => Schema.UnknownNames(reader.Item)
        .Select(name => Spelling.Nearest(name, Schema.Of(reader.Item.Kind).Keys))
        .Any(nearest => Schema.Builders.Any(b => b.Name == nearest));
}
