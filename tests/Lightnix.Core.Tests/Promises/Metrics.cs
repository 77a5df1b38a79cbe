using Lightnix.Model;
using static Lightnix.Promises.Result;

namespace Lightnix.Promises;

/// <summary>Reading the metric of a matcher.</summary>
public sealed class Metrics
{
    static readonly Result Measured = Of("accuracy.txt", " 0.950\n").With("report.json", """{"test":{"loss":-1e-3}}""")
        .With("plots/a.png", "").WithLink("score", "accuracy.txt");

    [Theory]
    [InlineData("accuracy.txt", null, 0.95, "0.950")]
    [InlineData("score", null, 0.95, "0.950")]
    [InlineData("report.json", "/test/loss", -0.001, "-0.001")]
    public void A_number(string file, string? pointer, double value, string text) =>
        Assert.Equal(new MetricReading(value, text, null), PromiseCheck.Read(new(RelativePath.Parse(file), pointer), Measured));

    [Theory]
    [InlineData("acuracy.txt", null, "acuracy.txt is missing; near it is \"accuracy.txt\"")]
    [InlineData("report.json", null, "report.json is \"{\"test\":{\"loss\":-1e-3}}\", which is not one finite number")]
    [InlineData("report.json", "/test", "report.json#/test is an object, which is not one finite number")]
    [InlineData("report.json", "/test/x", "report.json has nothing at /test/x; beside it is \"loss\"")]
    [InlineData("plots", null, "plots is a folder, not a file")]
    public void Anything_else_is_a_reason(string file, string? pointer, string problem) =>
        Assert.Equal(new MetricReading(null, null, problem), PromiseCheck.Read(new(RelativePath.Parse(file), pointer), Measured));
}
