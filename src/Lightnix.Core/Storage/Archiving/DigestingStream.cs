using System.Security.Cryptography;
using Lightnix.Archives;

namespace Lightnix.Storage;

/// <summary>Hashes what is read of another stream.</summary>
/// <param name="progress">Receives the number of bytes of each reading.</param>
sealed class DigestingStream(Stream inner, Action<long>? progress = null) : ReadStream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanSeek => inner.CanSeek;
    public override long Length => inner.Length;
    public override long Position { get => inner.Position; set => inner.Position = value; }

    /// <summary>Bytes that were read.</summary>
    public long Count { get; private set; }

    /// <summary>Of all that was read.</summary>
    public Digest Finish() => Digest.FromBytes(_hash.GetHashAndReset());

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _hash.AppendData(buffer[..count]);
        Count += count;
        progress?.Invoke(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
