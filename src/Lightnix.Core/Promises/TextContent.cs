using Lightnix.Contracts;

namespace Lightnix.Promises;

/// <summary>UTF-8 text, with or without a byte order mark.</summary>
internal static class TextContent
{
    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        using var text = new Utf8Stream(result.Open(file));
        var buffer = new byte[1 << 16];
        while (text.Problem is null && text.Read(buffer) > 0)
        {
        }
        return text.Problem is null ? [] : [$"{promise.Path} {text.Problem}"];
    }
}
