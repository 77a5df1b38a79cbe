using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lightnix.Model;

/// <summary>The seeds of replicates: <i>s(i)</i> is the first four bytes, big-endian, of SHA-256 of
/// <c>lightnix/seed/1\n&lt;key&gt;\n&lt;i&gt;\n&lt;k&gt;</c>, masked to 31 bits, which fit .NET, NumPy and R; <i>k</i> is the least number
/// from 0 that makes it differ from the seeds before it.</summary>
/// <remarks>The key is the stage's <c>Seed</c>, or else its name in lower case; of a cell of a matrix, its matrix's name.</remarks>
public static class Seed
{
    /// <summary>The seed of one replicate, 1 or more, in the range 0 to 2³¹ − 1.</summary>
    public static int Of(string key, int replicate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicate, 1);
        var taken = ImmutableHashSet.CreateBuilder<int>();
        for (var i = 1; i < replicate; i++)
            taken.Add(Next(key, i, taken));
        return Next(key, replicate, taken);
    }

    static int Next(string key, int replicate, ImmutableHashSet<int>.Builder taken)
    {
        for (var k = 0; ; k++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"lightnix/seed/1\n{key}\n{replicate}\n{k}");
            var seed = (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue);
            if (!taken.Contains(seed))
                return seed;
        }
    }
}
