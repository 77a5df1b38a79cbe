namespace Lightnix.Planning;

/// <summary>A file from a URL.</summary>
sealed record DownloadDraft(Digest Sha256, string FileName, bool Unpack) : BuilderDraft
{
    /// <summary>The URLs of a stage. A URL has its own escapes, so it is taken as written.</summary>
    public static ImmutableArray<string> Urls(DeclaredItem item) =>
        [.. (item.Find(Names.Url) ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public static DownloadDraft? Read(ItemReader reader, Findings findings)
    {
        var urls = Urls(reader.Item);
        if (urls.IsEmpty)
            reader.Refuse(Names.Url, reader.Item.Find(Names.Url)!, "a URL begins with 'https://', 'http://' or 'file:///'");
        foreach (var url in urls)
            if (UrlText.Problem(url) is { } right)
                reader.Refuse(Names.Url, UrlText.Shown(url), right);
        var name = ReadFileName(reader, urls);
        var unpack = reader.Flag(Names.Unpack);
        if (unpack && name is not null && ArchiveName.Problem(name) is { } archive)
        {
            var isDeclared = reader.Text(Names.DestinationFileName) is not null;
            reader.Refuse(isDeclared ? Names.DestinationFileName : Names.Url, isDeclared ? name : UrlText.Shown(urls[0]), archive);
        }
        var hash = ReadHash(reader);
        return hash is null || name is null ? null : new(hash, name, unpack);
    }

    public override FoundBuilder Find(StageDraft draft, BuilderFinder finder)
    {
        foreach (var url in draft.Execution.Urls)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { IsFile: true, IsUnc: false }
                && finder.Forbidden.Of(uri.LocalPath) is { } written)
                finder.Findings.Add(ForbiddenErrors.Value(draft.Item, Names.Url, url, written));
        }
        return new(new Builder.Download(Sha256, FileName, Unpack));
    }

    static Digest? ReadHash(ItemReader reader)
    {
        var text = reader.Text(Names.Sha256);
        if (!Digest.TryParse(text, out var hash))
            reader.Refuse(Names.Sha256, text ?? "",
                "a download needs the SHA-256 of its bytes, 64 hexadecimal digits as 'sha256sum' prints them");
        return hash;
    }

    static string? ReadFileName(ItemReader reader, ImmutableArray<string> urls)
    {
        var declared = reader.Text(Names.DestinationFileName);
        var name = declared ?? (urls.IsEmpty ? "" : LastPart(urls[0]));
        if (name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0)
            return name;
        reader.Refuse(Names.DestinationFileName, name, declared is null
            ? $"the first URL, '{UrlText.Shown(urls.FirstOrDefault() ?? "")}', does not end with a name; say "
                + "DestinationFileName=\"data.csv\""
            : "a file name has no folders, as 'data.csv'");
        return null;
    }

    // As a browser names what it saves: without query and fragment, escapes decoded.
    static string LastPart(string url)
    {
        var path = url.Split('?', '#')[0];
        var host = path.IndexOf("://", StringComparison.Ordinal) is >= 0 and var colon ? colon + 3 : 0;
        return path.LastIndexOf('/') is var slash && slash < host ? "" : Uri.UnescapeDataString(path[(slash + 1)..]);
    }
}
