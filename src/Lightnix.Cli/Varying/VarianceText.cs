using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A verdict about runs, and the files that differ between them: for people, and as lines with tabs.</summary>
sealed class VarianceText(Variance variance, string name)
{
    const int MostFiles = 50;

    public void Show()
    {
        if (!Output.IsTerminal)
        {
            Output.Rows([], variance.Files.Select(Complete).Prepend(Summary(variance, name)));
            return;
        }
        Output.Line($"{name}: {Word(variance.Verdict)}");
        Output.Line($"  it rests on {Count(variance.Runs.Count(), "attempt")} of {variance.Resolved.Short} on "
            + $"{Count(variance.Machines.Length, "machine")}, with {Count(variance.Groups.Length, "seed")}, "
            + $"of which {Cell.Text(variance.Repeated)} {(variance.Repeated == 1 ? "was" : "were")} run more than once");
        if (Doubt() is { } doubt)
            Output.Line($"  {doubt}");
        foreach (var run in variance.Resumed)
        {
            var word = Word(variance.IsAsWithoutInterruption(run));
            Output.Line($"  not counted: replicate {Number(run)}, resumed{Output.Tries(run.Facts)}: {word}");
        }
        if (variance.Adopted > 0)
            Output.Line($"  not counted: {Count(variance.Adopted, "adopted run")}");
        Output.Rows(["file", "same seed", "other seed", "from byte", "replicates"], variance.Files.Take(MostFiles).Select(Brief));
        if (variance.Files.Length > MostFiles)
            Output.Line($"… and {Count(variance.Files.Length - MostFiles, "file")} more");
        if (variance.Same > 0)
            Output.Line($"{Count(variance.Same, "file")} {(variance.Same == 1 ? "is" : "are")} the same in all attempts");
    }

    public static string Word(VarianceVerdict verdict) => verdict switch
    {
        VarianceVerdict.Deterministic => "deterministic",
        VarianceVerdict.DeterministicGivenSeed => "deterministic given the seed",
        VarianceVerdict.Varies => "varies",
        _ => "not known",
    };

    string? Doubt() => variance switch
    {
        { Verdict: VarianceVerdict.NotKnown } => "no seed was run more than once: --replay 1 repeats a recorded run with its seed",
        { Verdict: VarianceVerdict.DeterministicGivenSeed, Groups: [_] } =>
            "only one seed is known: a second replicate would show whether the seed matters",
        _ => null,
    };

    static string Word(bool? isSame) => isSame switch
    {
        true => "the same bytes as a run without interruption",
        false => "other bytes than a run without interruption",
        null => "no run without interruption had its seed",
    };

    /// <summary>Name, verdict, and the numbers of attempts, seeds, repeated seeds, machines, resumed and adopted runs.</summary>
    public static string[] Summary(Variance variance, string name) =>
    [
        name, Word(variance.Verdict), Cell.Text(variance.Runs.Count()), Cell.Text(variance.Groups.Length), Cell.Text(variance.Repeated),
        Cell.Text(variance.Machines.Length), Cell.Text(variance.Resumed.Length), Cell.Text(variance.Adopted),
    ];

    static string[] Complete(VaryingFile file) =>
    [
        file.Path.ToString(), Differs(file.SameSeed), Differs(file.OtherSeed), file.Offset?.ToString(CultureInfo.InvariantCulture) ?? "",
        file.Before.Reference().ToString(), file.Now.Reference().ToString(),
    ];

    static string[] Brief(VaryingFile file) =>
    [
        file.Path.ToString(), Differs(file.SameSeed), Differs(file.OtherSeed), Place(file), $"{Number(file.Before)} and {Number(file.Now)}",
    ];

    static string Place(VaryingFile file) => file switch
    {
        { Offset: { } offset, Is: TreeEntry.File now } => string.Create(CultureInfo.InvariantCulture, $"{offset} of {now.Size}"),
        { Was: null } or { Is: null } => "only one has it",
        { Was: TreeEntry.File was, Is: TreeEntry.File now } when was.Content != now.Content => "collected",
        _ => "kind or mode",
    };

    static string Differs(bool? differs) => differs switch
    {
        true => "differs",
        false => "same",
        null => "",
    };

    static string Number(Run run) =>
        Cell.Text(run.Facts.Replicate) + (run.Facts.Attempt == 1 ? "" : $", attempt {Cell.Text(run.Facts.Attempt)}");

    static string Count(int number, string what) => $"{Cell.Text(number)} {what}{(number == 1 ? "" : "s")}";
}
