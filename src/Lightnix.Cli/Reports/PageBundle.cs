using System.IO.Compression;

namespace Lightnix.Cli;

/// <summary>What <c>./build pack</c> put into this assembly for the page: style, script with its libraries, and their licences.</summary>
static class PageBundle
{
    const string ScriptName = "page.js.br", LicencesName = "licences.txt.br", StyleName = "page.css";

    public static string Style => Read(StyleName)!;

    /// <summary>Null where the tool was built without <c>./build pack</c>.</summary>
    public static string? Script => Read(ScriptName);

    /// <inheritdoc cref="Script"/>
    public static string? Licences => Read(LicencesName);

    static string? Read(string name)
    {
        using var stream = typeof(PageBundle).Assembly.GetManifestResourceStream(name);
        if (stream is null)
            return null;
        using var plain = name.EndsWith(".br", StringComparison.Ordinal) ? new BrotliStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}
