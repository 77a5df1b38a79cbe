namespace Lightnix.Running;

/// <summary>The file that <c>LIGHTNIX_CONTEXT</c> names. It holds what is hashed, with replicate, seed and cores. A builder must not read
/// values that change without a new run.</summary>
public static class RunContext
{
    /// <summary>In the working folder. Hidden, because builders list their folder.</summary>
    public static RelativePath Path { get; } = RelativePath.Parse(".lightnix.json");

    public static byte[] ToBytes(Resolved resolved, int replicate, int seed, int cores) => CanonicalJson.ToBytes(resolved.ToJson()
        .With("format", "lightnix/context/1")
        .With("out", "out")
        .With("replicate", replicate)
        .With("seed", seed)
        .With("cores", cores));
}
