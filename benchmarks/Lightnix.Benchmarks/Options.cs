namespace Lightnix.Benchmarks;

/// <summary>What to measure, and how often.</summary>
sealed record Options(IReadOnlyList<int> Sizes, int? Firsts, int? Seconds, string? Output, bool Keep)
{
    public const string Usage = """
        usage: benchmarks/run [--sizes 100,1000,10000] [--first N] [--second N] [--output FILE] [--keep]
               benchmarks/run --git FOLDER
               benchmarks/run --queries [--realizations N] [--output FILE]

          --sizes    numbers of stages
          --first    first builds of each size (default 2; 1 from 10,000 stages)
          --second   second builds of each size (default 5; 3 from 10,000 stages)
          --output   where the table is written (default artifacts/bench.md)
          --keep     leaves the generated projects and the store in the temporary folder
          --queries  times only the verbs of the tool, on a store that is made for it
          --realizations
                     how many it has (default 20000)
          --git      times only what a build asks git about a working tree
        """;

    const int Large = 10_000;

    /// <summary>True: only queries are timed.</summary>
    public bool OnlyQueries { get; init; }

    public int Realizations { get; init; } = 20_000;

    /// <summary>The working tree that git is asked about; null: builds are timed.</summary>
    public string? Git { get; init; }

    public static Options Default { get; } = new([100, 1_000, Large], null, null, null, false);

    /// <summary>First builds are slow and vary little beside their length; second builds are what people wait for all day.</summary>
    public int FirstsOf(int size) => Firsts ?? (size < Large ? 2 : 1);

    public int SecondsOf(int size) => Seconds ?? (size < Large ? 5 : 3);

    /// <returns>Nothing when <paramref name="mistake"/> says what is wrong.</returns>
    public static Options? TryParse(IReadOnlyList<string> args, out string? mistake)
    {
        var options = Default;
        mistake = null;
        for (var i = 0; i < args.Count && mistake is null; i++)
        {
            var (name, value) = (args[i], i + 1 < args.Count ? args[i + 1] : "");
            (options, mistake, i) = name switch
            {
                "--sizes" when Numbers(value) is { } sizes => (options with { Sizes = sizes }, mistake, i + 1),
                "--first" when Number(value) is { } firsts => (options with { Firsts = firsts }, mistake, i + 1),
                "--second" when Number(value) is { } seconds => (options with { Seconds = seconds }, mistake, i + 1),
                "--output" when value.Length > 0 => (options with { Output = value }, mistake, i + 1),
                "--git" when value.Length > 0 => (options with { Git = value }, mistake, i + 1),
                "--realizations" when Number(value) is { } count => (options with { Realizations = count }, mistake, i + 1),
                "--queries" => (options with { OnlyQueries = true }, mistake, i),
                "--help" => (options, "Times the SDK that ./build pack made against its peers.", i),
                "--keep" => (options with { Keep = true }, mistake, i),
                _ => (options, $"cannot read '{name} {value}'", i),
            };
        }

        return mistake is null ? options : null;
    }

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    static IReadOnlyList<int>? Numbers(string text)
    {
        var numbers = text.Split(',').Select(Number).ToList();
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }
}
