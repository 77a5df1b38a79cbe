using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix;

/// <summary>The key under which a CI machine keeps the store.</summary>
/// <param name="Exported">What projects are given that reference this one and are asked for theirs.</param>
public sealed record ClosureHash(Digest Digest, ImmutableArray<ReferencedStage> Exported);
