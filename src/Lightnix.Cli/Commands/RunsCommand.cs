using System.CommandLine;
using System.IO.Enumeration;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix runs</c>: configurations of stages with statistics over their replicates, or each run.</summary>
static class RunsCommand
{
    public static Command Create()
    {
        var stages = new Argument<string[]>("stage")
        {
            Description = "Stages; of a matrix, its name means all cells, and * stands for any characters. None: those of projects here",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var metrics = new Option<string[]>("--metric") { Description = "A file that is a number, or file.json#/pointer; may be repeated" };
        var where = new Option<string[]>("--where") { Description = "As 'rate<0.1': a parameter or a metric, an operator and a value" };
        var sort = new Option<string?>("--sort") { Description = "A parameter, a metric (its mean) or n; -NAME: the largest first" };
        var last = new Option<int?>("--last") { Description = "Only the newest configurations" };
        var each = new Option<bool>("--each") { Description = "One row for each run, failed ones included" };
        var csv = new Option<bool>("--csv") { Description = "Comma-separated values with a header" };
        return CommandAction.Create(
            "runs", "Configurations of stages: runs, mean, deviation and interval of their metrics",
            [stages, metrics, where, sort, last, each, csv],
            (p, context) =>
            {
                var found = Rows(context, p.GetValue(stages) ?? [], p.GetValue(metrics) ?? []);
                var names = new RunNames(found);
                names.RequireMetrics((p.GetValue(metrics) ?? []).Select(ReadMetric));
                IEnumerable<ConfigurationRow> rows = found;
                foreach (var condition in (p.GetValue(where) ?? []).Select(RunCondition.Parse))
                {
                    names.Require("--where", condition.Name);
                    rows = rows.Where(condition.Fits);
                }
                if (p.GetValue(last) is { } count)
                    rows = rows.Take(Quantities.Count(count));
                var table = new ConfigurationTable(
                    [.. Sort(rows, p.GetValue(sort), names)], [.. context.Mine().Select(r => r.Project)]);
                if (context.IsJson)
                    Output.Json(table.ToJson());
                else if (p.GetValue(each))
                    table.ShowRuns(p.GetValue(csv));
                else
                    table.Show(p.GetValue(csv));
                return ExitCodes.Done;
            });
    }

    const int MostListed = 5;

    static ImmutableArray<ConfigurationRow> Rows(CommandContext context, string[] stages, string[] metrics)
    {
        ImmutableArray<Metric> read = [.. metrics.Select(ReadMetric)];
        // A choice runs nothing: its candidates are meant, with its metric.
        var candidates = stages.ToDictionary(s => s, s => Candidates(context, s), StringComparer.Ordinal);
        if (read.IsEmpty)
        {
            read = [.. stages.Where(s => !candidates[s].IsEmpty).Select(s => context.Names.Stage(s)?.Selection.Matcher.Metric)
                .OfType<Metric>()];
        }
        string[] meant = [.. stages.SelectMany(s => candidates[s].IsEmpty ? [s] : candidates[s])];
        var rows = new RunQuery(context.Store, context.Roots()).Of(
            stages.Length == 0 ? OfMine(context) : name => meant.Any(s => IsMeant(s, name)), read);
        return rows.IsEmpty && stages.Length > 0
            ? throw new MistakeException(
                $"the store '{context.Store.Folder}' has no run of {Listed.First(MostListed, stages.Select(s => $"'{s}'"))}"
                + context.Names.Suggestion(stages[0]))
            : [.. rows.Select(ConfigurationRow.Of)];
    }

    // Also stages that are not declared any more, as far as builds are remembered. Where no project is, all.
    static Func<string, bool> OfMine(CommandContext context)
    {
        var names = context.Mine().SelectMany(r => r.Stages.Keys.Concat(r.Pending.Keys).Concat(r.NotBuilt.Keys)
            .Concat(new BuildQuery(context.Store).Of(r).SelectMany(b => b.Stages))).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        return name => names.IsEmpty || names.Contains(name);
    }

    // Inputs of other projects are known by the part of their name after the point.
    static ImmutableArray<string> Candidates(CommandContext context, string stage) =>
        context.Names.Stage(stage) is { } named
            && context.Store.Records.Find(named.Selection.Derivation) is { Builder: Builder.Choice } choice
            ? [.. choice.Inputs.Select(i => i.At[(i.At.IndexOf('.', StringComparison.Ordinal) + 1)..])] : [];

    /// <summary>True for a stage that a pattern with <c>*</c> means, and for each cell of a matrix that is named.</summary>
    public static bool IsMeant(string pattern, string stage) =>
        FileSystemName.MatchesSimpleExpression(pattern, stage)
        || stage.StartsWith(pattern + "-", StringComparison.OrdinalIgnoreCase);

    static Metric ReadMetric(string text)
    {
        try
        {
            return Metric.Parse(text);
        }
        catch (FormatException)
        {
            throw new MistakeException(
                $"'{text}' in --metric is no file of a result: write a relative path, as accuracy.txt or m.json#/f1");
        }
    }

    static IEnumerable<ConfigurationRow> Sort(IEnumerable<ConfigurationRow> rows, string? by, RunNames names)
    {
        if (by is null)
            return rows;
        var isDescending = by.StartsWith('-');
        var name = isDescending ? by[1..] : by;
        names.Require("--sort", name);
        var sorted = isDescending ? rows.OrderByDescending(r => r.Value(name)) : rows.OrderBy(r => r.Value(name) ?? double.MaxValue);
        return sorted.ThenBy(r => r.Parameter(name), StringComparer.Ordinal);
    }
}
