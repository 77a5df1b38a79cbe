using System.Xml.Linq;

namespace Lightnix.Torture;

/// <summary>
/// Modules of stages, drawn by lot: random results under every kind of matcher, diamonds that fail when they see two bases, votes,
/// matrices.
/// Projects share modules, so that they want the same runs.
/// </summary>
sealed class Pool
{
    readonly World _world;
    readonly string _round;
    readonly Random _random;
    readonly bool _logged;
    readonly List<XElement[]> _modules = [];

    public Pool(World world, int round, Random random, bool logged)
    {
        (_world, _round, _random, _logged) = (world, round.ToString(CultureInfo.InvariantCulture), random, logged);
        Func<string, XElement[]>[] kinds = [Diamond, Diamond, Vote, Matrix, Good, Many];
        // Seeds come from the names of stages, and are how the log of builders is compared with the store: no two rounds share a name.
        foreach (var (kind, i) in kinds.Select((k, i) => (k, i)))
            _modules.Add(kind($"{_round}-{i.ToString(CultureInfo.InvariantCulture)}"));
    }

    /// <summary>Of what looks alike from outside, though it is not: attempts.</summary>
    public static bool IsVote(string run) => run.Contains("vote", StringComparison.Ordinal);

    /// <summary>Of what may be chosen otherwise when a builder fails: more replicates are allowed than are needed.</summary>
    public static bool HasSlack(string run) => run.Contains("good", StringComparison.Ordinal);

    /// <summary>Writes a project of some of the modules.</summary>
    public string Project(int number) => _world.Write(
        FormattableString.Invariant($"r{_round}p{number}"),
        _modules.OrderBy(_ => _random.Next()).Take(_random.Next(2, 5)).SelectMany(m => m).Select(e => new XElement(e)));

    XElement Stage(string name, string command, params (string Name, string Value)[] more)
    {
        // The cells of a matrix have one seed, so that they can be compared.
        var cell = more.Any(m => m.Name == "Matrix") ? "@{params.rate}" : "";
        // The name makes them different: two stages that are the same but for it share their runs, and one's matcher may ask for more than
        // the other's.
        var text = $"sleep 0.{_random.Next(0, 20):00}\n: {_round} {name}\n{command}";
        return Projects.Stage(name, "Command", _logged ? _world.Logged(name + cell, text) : text,
            [("PassEnvironment", "TORTURE_WORKER"), .. more]);
    }

    const string RandomScore = "od -An -N2 -tu2 /dev/urandom | tr -d ' \\n' > @{out}/score";

    XElement[] Base(string name) =>
    [
        Stage(name, "head -c 3000 /dev/urandom > @{out}/base\n" + RandomScore),
        Projects.Promise(name, "base", ("MinSize", "3000")),
        Projects.Promise(name, "score", ("Type", "Number")),
    ];

    XElement[] Diamond(string i)
    {
        var (top, left, right, join) = ($"top{i}", $"left{i}", $"right{i}", $"join{i}");
        XElement[] matcher = _random.Next(4) switch
        {
            0 => [Projects.Matcher(top, ("Select", "Best"), ("Metric", "score"), ("AtLeast", "3"))],
            1 => [Projects.Matcher(top, ("Select", "Median"), ("Metric", "score"), ("AtLeast", "3"))],
            2 => [Projects.Matcher(top, ("AtLeast", "2"))],
            _ => [],
        };
        return
        [
            .. Base(top), .. matcher,
            Stage(left, $"cp @{{{top}/base}} @{{out}}/base\nhead -c 10 /dev/urandom > @{{out}}/own"), Projects.Promise(left, "base"),
            Stage(right, $"cp @{{{top}/base}} @{{out}}/base\nhead -c 10 /dev/urandom > @{{out}}/own"), Projects.Promise(right, "base"),
            // No result is ever mixed of two.
            Stage(join, $"cmp @{{{left}/base}} @{{{right}/base}}\ncmp @{{{left}/base}} @{{{top}/base}}\n"
                + $"cp @{{{left}/base}} @{{out}}/joined"), Projects.Promise(join, "joined"),
        ];
    }

    XElement[] Vote(string i) =>
    [
        Stage($"vote{i}", "printf same > @{out}/same"), Projects.Promise($"vote{i}", "same"),
            Projects.Matcher($"vote{i}", ("Select", "Quorum"), ("Take", "2")),
        Stage($"reads{i}", $"cp @{{vote{i}/same}} @{{out}}/same\nhead -c 10 /dev/urandom > @{{out}}/own"),
            Projects.Promise($"reads{i}", "same"),
    ];

    XElement[] Matrix(string i) =>
    [
        .. Base($"grid{i}"),
        Stage($"cell{i}", $"cp @{{grid{i}/base}} @{{out}}/base\nhead -c 10 /dev/urandom > @{{out}}/@{{params.rate}}",
            ("Matrix", "rate=1,2,3")), Projects.Promise($"cell{i}", "base"),
        Stage($"all{i}", $"sha256sum @{{cell{i}/base}} > @{{out}}/sums\ntest $(cut -c -64 @{{out}}/sums | sort -u | wc -l) = 1"),
            Projects.Promise($"all{i}", "sums"),
    ];

    XElement[] Good(string i) =>
    [
        Stage($"good{i}", "echo 0.@{replicate} > @{out}/score"), Projects.Promise($"good{i}", "score", ("Type", "Number"), ("Min", "0.2")),
        Projects.Matcher($"good{i}", ("AtLeast", "1"), ("AtMost", "4")),
    ];

    XElement[] Many(string i) =>
    [
        .. Base($"many{i}"), _random.Next(2) == 0
            ? Projects.Matcher($"many{i}", ("Select", "All"), ("AtLeast", "3"))
            : Projects.Matcher($"many{i}", ("Select", "Best"), ("Metric", "score"), ("Take", "2"), ("AtLeast", "4")),
        Stage($"sums{i}", $"cat @{{many{i}/base}} | sha256sum > @{{out}}/sum"), Projects.Promise($"sums{i}", "sum"),
    ];
}
