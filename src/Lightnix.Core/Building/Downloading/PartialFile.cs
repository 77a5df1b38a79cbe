using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Lightnix.Building;

/// <summary>The part of a file that has come, and the version to which it belongs.</summary>
sealed class PartialFile(string path) : IDisposable
{
    readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Length { get; private set; }

    /// <summary>The server's mark of this version; null: the file must be fetched from its beginning.</summary>
    public RangeConditionHeaderValue? Version { get; set; }

    public bool CanResume => Length > 0 && Version is not null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    public void Restart()
    {
        _file.SetLength(0);
        _hash.GetHashAndReset();
        (Length, Version) = (0, null);
    }

    /// <summary>The digest of all bytes. No bytes can be appended afterwards.</summary>
    public Digest Digest() => Hashing.Digest.FromBytes(_hash.GetHashAndReset());

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }
}
