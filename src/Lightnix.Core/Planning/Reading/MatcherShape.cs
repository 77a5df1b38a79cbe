namespace Lightnix.Planning;

/// <summary>The metadata that go with each <see cref="Select"/>, each with a reason.</summary>
static class MatcherShape
{
    /// <summary>A larger number is a typing error, and would overflow 2 × Take − 1.</summary>
    public const int Most = 1_000_000;

    /// <summary>Fewer digits of a reference name too much.</summary>
    public const int ShortestPrefix = 4;

    const string TakeBest = "take Best or Median";
    const string MetricWanted = "a promised file that holds one number, as Metric=\"accuracy.txt\"";

    static readonly ImmutableArray<(string Name, string Why)> NoRealizations = [(Names.Realizations, "only Exact names realizations")];
    static readonly ImmutableArray<(string Name, string Why)> NoOrder = [(Names.Order, "only Best has an order")];

    /// <summary>Metadata without effect are refused: an author who writes a metric and no <c>Select</c> wants the metric to
    /// count.</summary>
    /// <remarks>A written <c>Latest</c> is a decision: by that one word a matcher changes from <c>Best</c> and back. Its metric is shown
    /// and not compared.</remarks>
    public static ImmutableArray<(string Name, string Why)> Misplaced(Select select, bool isWritten) => select switch
    {
        Select.Latest when isWritten => [.. NoRealizations],
        Select.Latest =>
        [
            (Names.Metric,
                "a metric does nothing where the last made is chosen; say Select=\"Best\" or Select=\"Median\", or Select=\"Latest\" to "
                + "have it shown only"),
            .. NoOrder,
            .. NoRealizations,
        ],
        Select.Best => [.. NoRealizations],
        Select.Median => [(Names.Take, "one is chosen, the middle one"), .. NoOrder, .. NoRealizations],
        Select.All =>
        [
            (Names.Take, "all are chosen"),
            (Names.Metric, $"a metric does nothing where all are chosen; {TakeBest}"),
            .. NoOrder,
            .. NoRealizations,
        ],
        Select.Only =>
        [
            (Names.Take, "the single one is chosen"),
            (Names.Metric, $"a metric does nothing where there is one; {TakeBest}"),
            .. NoOrder,
            .. NoRealizations,
        ],
        Select.Quorum =>
        [
            (Names.AtLeast, "attempts of one replicate are counted; Take says how many must be equal"),
            (Names.Metric, $"equal bytes are counted; {TakeBest} for a metric"),
            .. NoOrder,
            .. NoRealizations,
        ],
        Select.Exact =>
        [
            .. new[] { Names.Take, Names.AtLeast, Names.AtMost }.Select(
                name => (name, "those that are named are chosen and nothing is run")),
            (Names.Metric, "those that are named are chosen"),
            .. NoOrder,
        ],
        _ => throw Unknown(select),
    };

    /// <summary>True of those that choose among results of several stages, which have no common order of runs.</summary>
    public static bool IsForChoices(Select select) => select switch
    {
        Select.Best or Select.Median or Select.All or Select.Only => true,
        Select.Latest or Select.Quorum or Select.Exact => false,
        _ => throw Unknown(select),
    };

    /// <summary>True if it counts attempts of one replicate: then Take says how many must be equal.</summary>
    public static bool CountsAttempts(Select select) => select switch
    {
        Select.Quorum => true,
        Select.Latest or Select.Best or Select.Median or Select.All or Select.Only or Select.Exact => false,
        _ => throw Unknown(select),
    };

    /// <summary>True if Take says how many are chosen: then it needs as many replicates.</summary>
    public static bool TakesSeveral(Select select) => select switch
    {
        Select.Latest or Select.Best => true,
        Select.Median or Select.All or Select.Only or Select.Quorum or Select.Exact => false,
        _ => throw Unknown(select),
    };

    static InvalidOperationException Unknown(Select select) => new($"unknown matcher {select}");

    /// <summary>Without which it cannot choose.</summary>
    public static ImmutableArray<(string Name, string Why)> Required(Select select) => select switch
    {
        Select.Best => [(Names.Metric, MetricWanted)],
        Select.Median =>
            [(Names.Metric, MetricWanted), (Names.AtLeast, "the number of replicates to take the middle of, as AtLeast=\"5\"")],
        Select.Exact => [(Names.Realizations, "the references of those to choose")],
        Select.Latest or Select.All or Select.Only or Select.Quorum => [],
        _ => throw Unknown(select),
    };
}
