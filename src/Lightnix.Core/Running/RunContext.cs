using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Running;

/// <summary>
/// What a builder is told of its run: the file that <c>LIGHTNIX_CONTEXT</c> names. It holds what is hashed, replicate, seed and cores, and nothing else:
/// a builder must not see what may change without running it again.
/// </summary>
public static class RunContext
{
    /// <summary>In the working folder; hidden, so that a builder that walks its folder does not stumble on it.</summary>
    public static RelativePath Path { get; } = RelativePath.Parse(".lightnix.json");

    public static byte[] ToBytes(Resolved resolved, int replicate, int seed, int cores) => CanonicalJson.ToBytes(resolved.ToJson()
        .With("format", "lightnix/context/1")
        .With("out", "out")
        .With("replicate", replicate)
        .With("seed", seed)
        .With("cores", cores));
}
