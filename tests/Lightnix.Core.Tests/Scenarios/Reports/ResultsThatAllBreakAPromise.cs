using Lightnix.Building;

namespace Lightnix.Scenarios;

/// <summary>What an error says of many results.</summary>
public sealed class ResultsThatAllBreakAPromise : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Are_counted_with_the_best_first_and_how_near_it_came()
    {
        var error = await ErrorAsync("""
            <Stage Include="model" Command="echo 0.8@{replicate} > @{out}/score" />
            <Promise Include="score" Stage="model" Type="Number" Min="0.9" />
            <Matcher Include="model" Select="Best" Metric="score" AtLeast="9" />
            """);

        Assert.StartsWith(
            "stage 'model' broke its promise 'score' in 9 results: the best is 0.89 (replicate 9), 0.01 less than Min 0.9; "
            + "the others have 0.88, 0.87, 0.86, 0.85 and 4 more. The last one is kept in ", error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Have_a_best_below_a_greatest_number_and_some_may_have_none()
    {
        var error = await ErrorAsync("""
            <Stage Include="model" Command="echo 2@{replicate}.12345 > @{out}/loss; [ @{replicate} != 3 ] || echo none > @{out}/loss" />
            <Promise Include="loss" Stage="model" Type="Number" Max="20" />
            <Matcher Include="model" Select="Latest" AtLeast="3" />
            """);

        Assert.Contains(" in 3 results: the best is 21.12 (replicate 1), 1.123 more than Max 20; the others have 22.12; 1 has no number.",
            error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Are_counted_for_each_reason_where_no_number_is_wanted()
    {
        var error = await ErrorAsync("""
            <Stage Include="model"
                   Command="echo @{replicate} > @{out}/x; [ @{replicate} != 3 ] || { mkdir @{out}/log; : > @{out}/log/a; }" />
            <Promise Include="log" Stage="model" Type="File" />
            <Matcher Include="model" Select="Latest" AtLeast="3" />
            """);

        Assert.Matches("in 3 results: log is missing.* \\(2 results\\); log .* \\(1 result\\)\\.", error);
    }

    async Task<string> ErrorAsync(string items) => Assert.Single((await _site.BuildAsync(items)).Errors).Message;
}
