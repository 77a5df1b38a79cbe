using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Reads the one builder of a stage.</summary>
static class BuilderReader
{
    /// <returns>No kind when there is not exactly one builder; no builder when it lacks something.</returns>
    public static (BuilderKinds Kind, BuilderDraft? Builder, ImmutableArray<string> Urls) Read(ItemReader reader, Findings findings)
    {
        var written = Schema.Builders.Where(b => reader.Text(b.Name) is not null).ToImmutableArray();
        if (written.Length == 1)
            return ReadOne(reader, findings, written[0].Kind);
        if (written.Length > 1)
            findings.Add(DeclarationErrors.SeveralBuilders(reader.Item, written.Select(b => b.Name)));
        else if (!IsMisspelled(reader))
            findings.Add(DeclarationErrors.NoBuilder(reader.Item, Schema.Builders.Select(b => b.Name)));
        return (BuilderKinds.None, null, []);
    }

    // 'Commnd' is one mistake, not two: that there is no builder follows from it.
    static bool IsMisspelled(ItemReader reader) => Schema.UnknownNames(reader.Item)
        .Select(name => Spelling.Nearest(name, Schema.Of(reader.Item.Kind).Keys))
        .Any(nearest => Schema.Builders.Any(b => b.Name == nearest));

    static (BuilderKinds, BuilderDraft?, ImmutableArray<string>) ReadOne(ItemReader reader, Findings findings, BuilderKinds kind) => kind switch
    {
        BuilderKinds.Command => (kind, new BuilderDraft.Command(Dedent.Text(reader.Raw(Names.Command)!), reader.Choice(Names.Shell, Shells.All)), []),
        BuilderKinds.Script => (kind, ReadScript(reader, findings), []),
        BuilderKinds.Program => (kind, new BuilderDraft.Program(ReadProgram(reader), ReadWords(reader)), []),
        BuilderKinds.Import => (kind, new BuilderDraft.Import(reader.Text(Names.Path)!), []),
        _ => ReadDownload(reader),
    };

    static ProgramProject ReadProgram(ItemReader reader) =>
        new(reader.Text(Names.Program)!, reader.Text(Names.ProgramConfiguration), reader.Text(Names.ProgramFramework));

    static BuilderDraft.Script ReadScript(ItemReader reader, Findings findings)
    {
        var file = reader.Text(Names.Script)!;
        var interpreter = reader.Text(Names.Interpreter);
        if (interpreter?.Any(char.IsWhiteSpace) == true)
            reader.Refuse(Names.Interpreter, interpreter, "an interpreter is one program, as 'python3'; its switches need a Command");
        else if (interpreter is null && Interpreters.For(file) is null)
            findings.Add(DeclarationErrors.NoInterpreter(reader.Item, file));
        return new(file, ReadWords(reader), interpreter);
    }

    static ImmutableArray<string> ReadWords(ItemReader reader)
    {
        var text = reader.Text(Names.Arguments) ?? "";
        var words = ArgumentWords.Split(text, out var unclosed);
        if (unclosed is { } quote)
            reader.Refuse(Names.Arguments, text, $"a {quote} is opened and not closed; put a literal one between quotes of the other kind");
        return words;
    }

    static (BuilderKinds, BuilderDraft?, ImmutableArray<string>) ReadDownload(ItemReader reader)
    {
        // A URL has escapes of its own: it is taken as written.
        ImmutableArray<string> urls = [.. reader.Item.Find(Names.Url)!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
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
        return (BuilderKinds.Download, hash is null || name is null ? null : new BuilderDraft.Download(hash, name, unpack), urls);
    }

    static Digest? ReadHash(ItemReader reader)
    {
        var text = reader.Text(Names.Sha256);
        if (!Digest.TryParse(text, out var hash))
            reader.Refuse(Names.Sha256, text ?? "", "a download needs the SHA-256 of its bytes, 64 hexadecimal digits as 'sha256sum' prints them");
        return hash;
    }

    static string? ReadFileName(ItemReader reader, ImmutableArray<string> urls)
    {
        var declared = reader.Text(Names.DestinationFileName);
        var name = declared ?? (urls.IsEmpty ? "" : LastPart(urls[0]));
        if (name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '\\', '\0') < 0)
            return name;
        reader.Refuse(Names.DestinationFileName, name, declared is null
            ? $"the first URL, '{UrlText.Shown(urls.FirstOrDefault() ?? "")}', does not end with a name; say DestinationFileName=\"data.csv\""
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
