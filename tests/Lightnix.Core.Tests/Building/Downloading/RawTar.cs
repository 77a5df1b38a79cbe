namespace Lightnix.Building;

/// <summary>Writes a tar archive whose headers may say anything.</summary>
sealed class RawTar
{
    const int Block = 512;

    readonly List<byte> _bytes = [];

    /// <param name="size">What the header says; null: the length of the content.</param>
    public RawTar Add(string name, string content = "", char type = '0', int? size = null, string link = "")
    {
        var header = new byte[Block];
        Encoding.UTF8.GetBytes(name, header);
        "0000644\00000000\00000000\0"u8.CopyTo(header.AsSpan(100));
        Encoding.ASCII.GetBytes(Convert.ToString(size ?? content.Length, 8).PadLeft(11, '0') + "\000000000000\0        ",
            header.AsSpan(124));
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(link, header.AsSpan(157));
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0", header.AsSpan(148));
        _bytes.AddRange(header);
        _bytes.AddRange(Encoding.UTF8.GetBytes(content));
        _bytes.AddRange(new byte[(Block - content.Length % Block) % Block]);
        return this;
    }

    /// <summary>A header for the next entry.</summary>
    public RawTar AddPax(string key, string value)
    {
        var record = $" {key}={value}\n";
        var length = record.Length + 2;
        return Add("PaxHeader", $"{(length < 100 ? length : ++length)}{record}", 'x');
    }

    public byte[] ToArray() => [.. _bytes, .. new byte[2 * Block]];
}
