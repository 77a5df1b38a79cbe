using System.Buffers.Binary;
using System.IO.Compression;

namespace Lightnix.Archives;

/// <summary>The members of a gzip file, decompressed one after the other, each verified by its checksum and its length.</summary>
/// <remarks>.NET's own reader takes a member that is cut short for whole, and passes over what follows the last one.</remarks>
sealed class GzipFile(Stream packed) : ReadStream
{
    const byte HasHeaderChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Unknown = 0xE0;
    readonly GzipWindow _window = new(packed);
    DeflateStream? _member;
    Crc32 _crc = new();
    uint _length;
    bool _isFirst = true, _isAtEnd;

    /// <exception cref="InvalidDataException">It is damaged, cut short, or goes on with something else.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && !buffer.IsEmpty)
        {
            if (_member is null)
                Begin();
            else if (Decompress(buffer) is var count and > 0)
            {
                _crc.Add(buffer[..count]);
                _length += (uint)count;
                return count;
            }
            else
                End();
        }
        return 0;
    }

    // .NET's messages about damage name compression methods, which do not help.
    int Decompress(Span<byte> buffer)
    {
        try
        {
            return _member!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("its gzip data is damaged or cut short", e);
        }
    }

    void Begin()
    {
        var first = _window.ReadByte();
        if (!_isFirst && first is -1 or 0)
        {
            ReadPadding();
            return;
        }
        var header = new Crc32();
        if (first != 0x1f || _window.ReadByte() != 0x8b)
            throw new InvalidDataException("it goes on after the end of its gzip data");
        header.Add([0x1f, 0x8b]);
        var (method, flags) = (Byte(header), Byte(header));
        if (method != 8 || (flags & Unknown) != 0)
            throw new InvalidDataException("its gzip header says what is not known");
        Pass(6, header);
        if ((flags & HasExtra) != 0)
            Pass(Byte(header) | (Byte(header) << 8), header);
        for (var texts = ((flags & HasName) != 0 ? 1 : 0) + ((flags & HasComment) != 0 ? 1 : 0); texts > 0;)
            texts -= Byte(header) == 0 ? 1 : 0;
        var checksum = header.Value & 0xFFFF;
        if ((flags & HasHeaderChecksum) != 0 && (uint)(Byte(header) | (Byte(header) << 8)) != checksum)
            throw new InvalidDataException("the checksum of its gzip header is wrong");
        (_isFirst, _crc, _length) = (false, new(), 0);
        _window.Begin();
        _member = new(_window, CompressionMode.Decompress, leaveOpen: true);
    }

    void End()
    {
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        if (!_window.TryPass(trailer))
            throw new InvalidDataException("its gzip data is damaged or cut short");
        _member!.Dispose();
        _member = null;
    }

    // Zeros may fill up the last block of a tape.
    void ReadPadding()
    {
        for (int b; (b = _window.ReadByte()) >= 0;)
            if (b != 0)
                throw new InvalidDataException("it goes on after the end of its gzip data");
        _isAtEnd = true;
    }

    void Pass(int count, Crc32 header)
    {
        for (; count > 0; count--)
            Byte(header);
    }

    byte Byte(Crc32 header)
    {
        var b = _window.ReadByte();
        if (b < 0)
            throw new InvalidDataException("its gzip data is damaged or cut short");
        header.Add([(byte)b]);
        return (byte)b;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member?.Dispose();
            _window.Dispose();
        }
        base.Dispose(disposing);
    }
}
