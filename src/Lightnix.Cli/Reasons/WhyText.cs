using Lightnix.Explaining;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Answers of <c>lightnix why</c>: for people in sentences, else a row for each cause.</summary>
sealed class WhyText(Store store, WhyAnswer answer)
{
    const int MostNames = 5;

    readonly CauseText _causes = new(store);

    public void Show()
    {
        if (!Output.IsTerminal)
        {
            Output.Rows([], Rows());
            return;
        }
        if (answer.Plan is not null)
            ShowPlan();
        foreach (var past in answer.Past)
            Show(past);
    }

    // Columns: now or last; cause, follows, choice, up to date, ran or chosen; stage, field or text, before, now.
    IEnumerable<string[]> Rows()
    {
        var present = answer.Plan is null ? [] : Rows("now", answer.Open).Concat(answer.Asked.SelectMany(Row));
        if (answer is { Plan: not null, Stage.Length: 0, Open.IsEmpty: true })
            present = present.Append(["now", "up to date", "", Quantities.Count(answer.Plan.Value.Length, "stage"), "", ""]);
        return present.Concat(answer.Past.SelectMany(past => Rows("last", past.Steps).Prepend(
            ["last", past.Runs.IsEmpty ? "chosen" : "ran", past.Stage, Headline(past), "", ""])));
    }

    // Of a stage that was asked for and does not run, and of one with another choice.
    IEnumerable<string[]> Row(StageReason stage)
    {
        if (stage.News is { } news)
            return [["now", "choice", stage.Stage.ToString(), string.Join("; ", news.Because), news.Cause.Before!, news.Cause.Now!]];
        return stage.IsOpen || answer.Stage.Length == 0 ? [] : [["now", "up to date", stage.Stage.ToString(), "", "", ""]];
    }

    static IEnumerable<string[]> Rows(string when, IReadOnlyCollection<StageReason> stages)
    {
        var roots = RootCauses.Of(stages);
        var causes = from root in roots.Causes
                     from stage in root.Stages
                     select new[]
                     {
                         when, "cause", stage.ToString(), root.Cause?.Field ?? root.Sentence!, root.Cause?.Before ?? "",
                         root.Cause?.Now ?? "",
                     };
        return causes.Concat(roots.Following.Select(f => new[] { when, "follows", f.ToString(), "", "", "" }));
    }

    void ShowPlan()
    {
        foreach (var stage in answer.Asked.Where(s => answer.Stage.Length > 0 || s.News is not null || s.Action == PlannedAction.Fail))
            ShowOne(stage);
        var open = answer.Open;
        if (answer.Stage.Length == 0)
            Output.Line(open.IsEmpty ? $"nothing would run: {Quantities.Count(answer.Plan!.Value.Length, "stage")}, all up to date"
                : $"{open.Length} of {Quantities.Count(answer.Plan!.Value.Length, "stage")} would run, choose again or fail");
        if (open.IsEmpty)
            return;
        Show(open);
        var times = answer.Times;
        if (times.Runs > 0)
            Output.Line($"that means {Quantities.Count(times.Runs, "run")}"
                + (times.Estimate is { } estimate ? $", {Output.Took(estimate)} in all by what the last ones took" : ""));
    }

    static void ShowOne(StageReason stage)
    {
        Output.Line($"{stage.Stage} {Does(stage)}");
        if (stage.News is { } news)
            Show(news);
        if (stage.IsOpen && (!stage.Reason.Changes.IsEmpty || !stage.Reason.Rules.IsEmpty))
            Lines(stage.Reason.Changes.IsEmpty ? stage.Reason.Wrong : stage.Reason.Problems);
        if (!stage.IsOpen && stage.News is null)
            Lines(stage.Reason.Rules.Select(r => $"{r.Brief}, and its result still fits"));
    }

    static void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Output.Line($"  {line}");
    }

    static void Show(ChoiceNews news) => Output.Line($"  {news.Cause.Before} → {news.Cause.Now}"
        + (news.Because.IsEmpty ? "" : $" ({string.Join("; ", news.Because)})"));

    static string Does(StageReason stage) => stage.Action switch
    {
        PlannedAction.Reuse => stage.News is null ? "would not run: its result is up to date"
            : "would not run, and another result is chosen",
        PlannedAction.Run => "would run",
        PlannedAction.MayRun => "would run unless its inputs come out as they were",
        PlannedAction.Choose => "would choose again",
        PlannedAction.PassOver => "has no result, and choices pass over it",
        _ => "would fail",
    };

    void Show(PastReason past)
    {
        Output.Line(Headline(past));
        if (past.News is { IsTold: true } news)
            Show(news);
        Lines(past.Steps.SelectMany(s => s.Reason.Problems).Where(_ => past.Former is not null));
        if (!past.Steps.IsEmpty)
            Show(past.Steps);
        else if (!past.Runs.IsEmpty)
            Output.Line(past.Former is null
                ? "  it was the first time: the store knows no earlier choice, and no run of a stage with this name"
                : "  nothing that it is made from had changed: a run was asked for, or its matcher wanted more");
        foreach (var input in past.Unmoved)
            Output.Line($"  {input.Stage} was made again since ({input.Reason.Brief}) and came out as it was, so {past.Stage} was reused");
    }

    static string Headline(PastReason past)
    {
        var build = past.Build is { } b ? $" in the build of {Output.When(b.Start)}" : "";
        if (past.Adopted is { } adopted)
            return $"{past.Stage} did not run: its result was adopted from {adopted.From.Short} by {adopted.Who} at "
                + $"{Output.When(adopted.When)} ({adopted.Reason})";
        if (past.Runs.IsEmpty && past.Steps.SelectMany(s => s.Reason.Problems).FirstOrDefault() is { } problem)
            return $"{past.Stage} has no choice since the last build: {problem}";
        if (past.Runs.IsEmpty)
            return WithoutRun(past, build);
        if (past.Steps.Any(s => !s.Reason.Problems.IsEmpty))
            return $"{past.Stage} has no choice after {Quantities.Count(past.Runs.Length, "run")}, the last one at "
                + Output.When(past.Runs.Max(r => r.End));
        var when = past.Build is null ? $" at {Output.When(past.Runs.Max(r => r.End))}" : build;
        return $"{past.Stage} ran last{when}: {Quantities.Count(past.Runs.Length, "run")}, "
            + $"{Output.Took(TimeSpan.FromTicks(past.Runs.Sum(r => r.Duration.Ticks)))} in all";
    }

    static string WithoutRun(PastReason past, string build)
    {
        if (past.News is not null)
            return $"{past.Stage} was chosen otherwise{build}, without a run";
        if (past.IsAmongStages)
            return $"{past.Stage} is a choice among other stages and has no runs: see --chosen";
        return past.Made is { } made
            ? $"{past.Stage} was made at {Output.When(made.End)} on {Visible.Text(made.Host.Name)}; nothing ran{build}"
            : $"{past.Stage} has no run: it takes what is there";
    }

    void Show(IReadOnlyCollection<StageReason> stages)
    {
        var roots = RootCauses.Of(stages);
        var follow = roots.Following.Length == 0 ? ""
            : $"; {Quantities.Count(roots.Following.Length, "stage")} follow{(roots.Following.Length == 1 ? "s" : "")} from "
                + (roots.Causes.Length == 1 ? "it" : "them");
        Output.Line($"{Quantities.Count(roots.Causes.Length, "cause")}{follow}:");
        foreach (var root in roots.Causes)
            Show(root);
        if (!roots.Following.IsEmpty)
            Output.Line($"  following: {Listed.First(MostNames, roots.Following.Select(f => f.ToString()))}");
    }

    void Show(RootCause root)
    {
        var stages = Listed.First(MostNames, root.Stages.Select(s => s.ToString()));
        ImmutableArray<string> lines = root.Cause is null ? [root.Sentence!] : [.. _causes.Lines(root.Cause)];
        Output.Line($"  {stages}: {lines[0]}");
        foreach (var line in lines.Skip(1))
            Output.Difference(line);
    }
}
