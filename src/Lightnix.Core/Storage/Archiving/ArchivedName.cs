namespace Lightnix.Storage;

/// <summary>The name of a member of an archive: the path that the same file has in a store. It is taken apart and put together again, so no
/// name of an archive leads anywhere else.</summary>
/// <param name="Kind">The first folder; of what is known of a resolved derivation, the beginning of the file's name.</param>
/// <param name="Digest">Of the bytes.</param>
/// <param name="Of">The resolved derivation in whose folder the record is; else null.</param>
sealed record ArchivedName(string Kind, Digest Digest, Reference<Model.Resolved>? Of = null)
{
    public const string Derivation = "derivations", Resolved = "resolved", Listing = "listings", Log = "logs", Content = "files";

    /// <summary>Kinds of records beside a resolved derivation.</summary>
    public const string Realization = StoreLayout.RealizationPrefix, Run = StoreLayout.RunPrefix, Adoption = StoreLayout.AdoptionPrefix,
        Rejection = StoreLayout.RejectionPrefix, Note = StoreLayout.NotePrefix;

    static readonly ImmutableArray<string> Beside = [Realization, Run, Adoption, Rejection, Note];

    public bool IsContent => Kind == Content;

    /// <summary>Null where an archive has no such name.</summary>
    public static ArchivedName? TryParse(string name)
    {
        var parsed = name.Split('/') switch
        {
            [Derivation, var file] => Parse(Derivation, file, StoreLayout.RecordSuffix),
            [Listing, var file] => Parse(Listing, file, ""),
            [Log or Content, _, var file] => Parse(name[..name.IndexOf('/', StringComparison.Ordinal)], file, ""),
            [Resolved, var folder, var file] when Reference<Model.Resolved>.TryParse(folder, out var resolved) => OfFolder(resolved, file),
            _ => null,
        };
        return parsed?.ToString() == name ? parsed : null;
    }

    static ArchivedName? Parse(string kind, string file, string suffix) =>
        StoreLayout.DigestIn(file, "", suffix) is { } digest ? new(kind, digest) : null;

    static ArchivedName? OfFolder(Reference<Model.Resolved> resolved, string file) => file == Resolved + StoreLayout.RecordSuffix
        ? new(Resolved, resolved.Digest)
        : (from prefix in Beside
           let digest = StoreLayout.DigestIn(file, prefix, StoreLayout.RecordSuffix)
           where digest is not null
           select new ArchivedName(prefix, digest, resolved)).FirstOrDefault();

    public override string ToString() => Kind switch
    {
        Derivation => $"{Kind}/{Digest}{StoreLayout.RecordSuffix}",
        Resolved => $"{Kind}/{Digest}/{Resolved}{StoreLayout.RecordSuffix}",
        Listing => $"{Kind}/{Digest}",
        Log or Content => $"{Kind}/{Digest.ToString()[..2]}/{Digest}",
        _ => $"{Resolved}/{Of}/{Kind}{Digest}{StoreLayout.RecordSuffix}",
    };

    /// <summary>Its path in a store, absolute. Of a content: that of a file that is not executable.</summary>
    public string Under(StoreLayout layout) => Path.Combine(layout.Folder, ToString().Replace('/', Path.DirectorySeparatorChar));
}
