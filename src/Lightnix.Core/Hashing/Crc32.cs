using System.Buffers.Binary;

namespace Lightnix.Hashing;

/// <summary>The checksum of gzip and zip (reflected polynomial 0x04C11DB7). It finds damage; it proves nothing.</summary>
sealed class Crc32
{
    static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of all bytes that were added.</summary>
    public uint Value { get; private set; }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Add(bytes);
        return crc.Value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var rest = ~Value;
        // Eight bytes a step: one table for each byte of the step.
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ rest;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            rest = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
        }
        foreach (var b in bytes)
            rest = (rest >> 8) ^ Tables[0][(rest ^ b) & 0xFF];
        Value = ~rest;
    }

    static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var t = 0; t < tables.Length; t++)
        {
            tables[t] = new uint[256];
            for (var i = 0u; i < 256; i++)
                tables[t][i] = t == 0 ? Bits(i) : (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFF];
        }
        return tables;
    }

    static uint Bits(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 1 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
