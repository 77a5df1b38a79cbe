namespace Lightnix.Archives;

/// <summary>Reads names that an archive holds as bytes. No byte is replaced: two names never become one.</summary>
static class EntryName
{
    /// <exception cref="NameException">The bytes are not UTF-8.</exception>
    public static string Utf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes)
        ? Encoding.UTF8.GetString(bytes)
        : throw new NameException($"the name '{Visible.Bytes(bytes)}' in it is not UTF-8: its bytes are {Convert.ToHexStringLower(bytes)}");
}
