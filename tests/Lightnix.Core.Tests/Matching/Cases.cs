namespace Lightnix.Matching;

/// <summary>A table for each way to choose; how to read it: see <see cref="Written"/>.</summary>
public sealed class Cases
{
    [Theory]
    [InlineData("Latest", "", "run 1")]
    [InlineData("Latest", "a1", "select a")]
    [InlineData("Latest", "a1 b2", "select b")]
    [InlineData("Latest", "a1 b2 a3", "select a")] // as new as its newest run
    [InlineData("Latest", "b2 a1", "select a")] // by order, not by replicate
    [InlineData("Latest", "a1!", "fail")]
    [InlineData("Latest", "a1 b2!", "select a")] // a broken one after it does not count
    [InlineData("Latest Take=2", "a1", "run 2")]
    [InlineData("Latest Take=2", "a1 b2 c3", "select c b")]
    [InlineData("Latest Take=2", "a1 a2", "select a")] // too few distinct results
    [InlineData("Latest Take=2", "a1 b2!", "fail")]
    [InlineData("Latest Take=2 AtMost=4", "a1 b2!", "run 3")]
    [InlineData("Latest AtLeast=3", "a1", "run 2 3")]
    [InlineData("Latest", "-1", "fail")] // a plain stage that fails is tried once a build
    public void Latest(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("Best AtLeast=5", "", "run 1 2 3 4 5")]
    [InlineData("Best AtLeast=5", "a1=0.8 b3=0.9", "run 2 4 5")]
    [InlineData("Best AtLeast=3", "a1=0.8 b2=0.9 c3=0.7", "select b")]
    [InlineData("Best AtLeast=3 Lowest", "a1=0.8 b2=0.9 c3=0.7", "select c")]
    [InlineData("Best AtLeast=3 Take=2", "a1=0.8 b2=0.9 c3=0.7", "select b a")]
    [InlineData("Best AtLeast=3 Take=2 Lowest", "a1=0.8 b2=0.9 c3=0.7", "select c a")]
    [InlineData("Best AtLeast=3", "a1=0.8 b2=0.9! c3=0.7", "select a")]
    [InlineData("Best AtLeast=3", "a1=0.8 b2? c3=0.7", "select a")]
    [InlineData("Best AtLeast=3", "a1=0.8! b2=0.9! c3=0.7!", "fail")]
    [InlineData("Best AtLeast=3 AtMost=5", "a1=0.8! b2=0.9! c3=0.7!", "run 4")] // beyond AtLeast one at a time
    [InlineData("Best AtLeast=1 AtMost=5", "a1=0.8!", "run 2")] // train until it is good enough, five times at most
    [InlineData("Best AtLeast=1 AtMost=5", "a1=0.8! b2=0.95", "select b")]
    [InlineData("Best AtLeast=2", "b1=0.9 a2=0.9", "select b")] // tie: lowest replicate
    [InlineData("Best AtLeast=2", "b1=0.9 a1.2=0.9 c2=0.1", "select a")] // tie: then reference
    [InlineData("Best AtLeast=1", "a1", "fail")] // no metric at all
    public void Best(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("Median AtLeast=3", "a1=1 b2=2", "run 3")]
    [InlineData("Median AtLeast=3", "c1=3 a2=1 b3=2", "select b")]
    [InlineData("Median AtLeast=4", "c1=3 a2=1 b3=2 d4=4", "select b")] // number ⌊(n−1)/2⌋ from the lowest
    [InlineData("Median AtLeast=2", "a1=1 b2=2", "select a")]
    [InlineData("Median AtLeast=3", "a1=1 b2=2! c3=3", "select a")] // of those that keep their promises
    [InlineData("Median AtLeast=5", "a1=1 a2=1 a3=1 b4=2 c5=3", "select b")] // of distinct results
    [InlineData("Median AtLeast=3", "c1=1 a2=1 b3=1", "select a")] // equal: by replicate
    public void Median(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("All", "", "run 1")]
    [InlineData("All AtLeast=3", "b1", "run 2 3")]
    [InlineData("All AtLeast=3", "b1 a2 c3!", "select a b")]
    [InlineData("All", "c1 b2 a3", "select a b c")]
    [InlineData("All", "a1!", "fail")]
    public void All(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("Only", "", "run 1")]
    [InlineData("Only", "a1", "select a")]
    [InlineData("Only", "a1 a2", "select a")]
    [InlineData("Only", "a1 b2", "fail")]
    [InlineData("Only", "a1 b2!", "select a")]
    [InlineData("Only", "a1 b2x", "select a")]
    [InlineData("Only AtLeast=3", "a1", "run 2 3")] // "runs that come out the same"
    [InlineData("Only AtLeast=3 AtMost=9", "a1 b2", "fail")] // running more cannot help
    [InlineData("Only", "a1!", "fail")]
    [InlineData("Only AtMost=2", "a1!", "run 2")]
    public void Only(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("Quorum", "", "run 1 1.2")]
    [InlineData("Quorum", "a1", "run 1.2")]
    [InlineData("Quorum", "a1 a1.2", "select a")]
    [InlineData("Quorum", "a1 b1.2", "run 1.3")]
    [InlineData("Quorum", "a1 b1.2 b1.3", "select b")]
    [InlineData("Quorum", "a1 b1.2 c1.3", "fail")]
    [InlineData("Quorum", "a1 a2", "run 1.2")] // other replicates have no vote
    [InlineData("Quorum", "a1! a1.2!", "fail")] // two of at most three: one more cannot be enough
    [InlineData("Quorum", "a1! b1.2", "run 1.3")]
    [InlineData("Quorum Take=3", "a1 b1.2 c1.3", "run 1.4")] // of five, four and five may still agree with one of them
    [InlineData("Quorum Take=3", "a1 b1.2 c1.3 d1.4", "fail")] // and now none can reach three
    [InlineData("Quorum Take=3", "a1 a1.2", "run 1.3")]
    [InlineData("Quorum AtMost=9", "b1 b1.2 a1.3 a1.4", "select a")] // tie: reference
    [InlineData("Quorum AtMost=9", "b1 b1.2 a1.3 a1.4 b1.5", "select b")] // most attempts
    [InlineData("Quorum", "a1 a1", "select a")] // two machines gave the number 1 to an attempt each: two votes
    [InlineData("Quorum", "a1 -1.2", "run 1.3")]
    [InlineData("Quorum", "-1.1 -1.2", "fail")]
    public void Quorum(string matcher, string history, string expected) => Check(matcher, history, expected);

    [Theory]
    [InlineData("Exact Realizations=b", "a1 b2 c3", "select b")]
    [InlineData("Exact Realizations=c,a", "a1 b2 c3", "select c a")] // in the order in which they are named
    [InlineData("Exact Realizations=bbb,B", "a1 b2", "select b")]
    [InlineData("Exact Realizations=d", "a1 b2 c3", "fail")]
    [InlineData("Exact Realizations=d", "", "fail")]
    [InlineData("Exact Realizations=a", "a1!", "fail")]
    [InlineData("Exact Realizations=a", "a1x", "fail")]
    [InlineData("Exact", "a1", "fail")]
    public void Exact(string matcher, string history, string expected) => Check(matcher, history, expected);

    static void Check(string matcher, string history, string expected) =>
        Assert.Equal(expected, Written.Decision(Written.Decide(matcher, history)));
}
