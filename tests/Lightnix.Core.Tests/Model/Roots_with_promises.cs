using Lightnix.Hashing;
using Lightnix.Promises;

namespace Lightnix.Model;

public sealed class Roots_with_promises
{
    static readonly Digest A = Digest.Of("a"u8);

    static readonly ImmutableHashSet<string> NotDemanded =
    [
        nameof(Promise.Path), nameof(Promise.Item), nameof(Promise.CopyToOutputDirectory), nameof(Promise.CopyToPublishDirectory),
        nameof(Promise.Link), nameof(Promise.IsInherited), nameof(Promise.IsDecidedByListing),
    ];

    [Fact]
    public void Come_back_with_the_stages_that_the_last_build_has_no_choice_for()
    {
        var none = Root.None("/p/x.lnproj");
        var root = none with { Failed = none.Failed.Add("best", "best").Add("late", "best") };

        var back = RecordBytes.Parse<Root>(root.ToBytes());

        Assert.Equal(root.Failed.AsEnumerable(), back.Failed);
        Assert.Equal("best", back.Failed["LATE"]);
        Assert.Contains("lightnix/root/3", Encoding.UTF8.GetString(root.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Come_back_in_a_later_format_with_all_that_they_demand()
    {
        var promise = new Promise
        {
            Path = RelativePath.Parse("scores.json"),
            Item = new(ItemKind.Promise, "scores.json", DeclaredItem.NoMetadata, 0),
            Type = PromiseType.Json,
            Pointer = "/loss",
            Min = 0.1,
            Max = 1e9,
            MinSize = 3,
            NonEmpty = true,
            Columns = ["a", "b"],
            Sha256 = A,
            MaxSize = 4,
            MinRows = 5,
            MinCount = 6,
            Pattern = "*.csv",
        };
        var root = new Root("/p/x.lnproj", ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase)
            .Add("model",
                new Selection(new(new(A), [new(new(A), new(A), new(A), null)], false), Matcher.Default, [A], 1)
                {
                    Demands = [RecordedPromise.Of(promise)],
                }));

        var back = Assert.Single(RecordBytes.Parse<Root>(root.ToBytes()).Stages["model"].Demands);

        Assert.Equal(RecordedPromise.Of(promise), back);
        Assert.All(typeof(Promise).GetProperties().Select(p => p.Name).Where(n => !NotDemanded.Contains(n)),
            name => Assert.True(back.Fields.ContainsKey(name), $"a root does not record {name}"));
        Assert.Equal(PromiseKey.Of(promise), PromiseKey.Of(back.ToPromise()));
        Assert.Contains("lightnix/root/3", Encoding.UTF8.GetString(root.ToBytes()), StringComparison.Ordinal);
    }
}
