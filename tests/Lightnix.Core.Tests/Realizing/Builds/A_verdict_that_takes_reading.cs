using Lightnix.Model;

namespace Lightnix.Realizing;

public class A_verdict_that_takes_reading
{
    [Fact]
    public async Task Is_given_once_for_a_large_file_and_follows_the_promise()
    {
        var bench = new Bench();
        var text = new string('x', 2 << 20);
        bench.Stage("a", "a", _ => text, promises: [Text("result")]);
        await bench.BuildAsync();
        Assert.Empty(Assert.Single(bench.Results.Verdicts).Value);

        // Read again it would be kept; what is remembered decides.
        bench.Results.Verdicts[bench.Results.Verdicts.Keys.Single()] = ["remembered"];
        await bench.BuildAsync();
        Assert.Equal(["LNX2001"], bench.Errors);

        bench.Stage("a", "a", _ => text, promises: [Text("result") with { NonEmpty = true }]);
        await bench.BuildAsync();
        Assert.Empty(bench.Errors);

        static Promise Text(string path) => Bench.Promise(path) with { Type = PromiseType.Text };
    }
}
