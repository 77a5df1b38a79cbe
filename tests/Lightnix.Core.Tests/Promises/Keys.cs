using Lightnix.Hashing;
using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>The key under which a verdict may be remembered.</summary>
public sealed class Keys
{
    static readonly Promise Plain = Promised("a", PromiseType.Number);

    [Fact]
    public void Where_it_is_declared_and_copied_does_not_count() =>
        Assert.Equal(PromiseKey.Of(Plain), PromiseKey.Of(Plain with
        {
            Item = Plain.Item with { Ordinal = 7 },
            CopyToOutputDirectory = "Always",
            CopyToPublishDirectory = "Never",
            Link = RelativePath.Parse("b"),
        }));

    [Fact]
    public void Everything_it_demands_counts()
    {
        Promise[] promises =
        [
            Plain, Plain with { Path = RelativePath.Parse("b") }, Plain with { Type = PromiseType.Text }, Plain with { NonEmpty = true },
                Plain with { MinSize = 1 }, Plain with { MaxSize = 1 },
            Plain with { Min = 1 }, Plain with { Max = 1 }, Plain with { Min = 0.1 }, Plain with { Columns = ["x"] },
                Plain with { Columns = ["x", "y"] }, Plain with { MinRows = 1 },
            Plain with { Pointer = "/a" }, Plain with { Sha256 = Digest.Of([]) }, Plain with { Pattern = "*" }, Plain with { MinCount = 1 },
        ];

        Assert.Equal(promises.Length, promises.Select(PromiseKey.Of).Distinct().Count());
    }
}
