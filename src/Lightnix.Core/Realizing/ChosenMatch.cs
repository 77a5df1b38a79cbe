using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>A stage with its choice.</summary>
sealed record ChosenMatch(StageMatch Match, Decision.Selected Selected, Selection Selection)
{
    public ValueTask ReportAsync(IStageReports reports, CancellationToken cancellationToken) =>
        reports.ChosenAsync(Match, Selected, Selection, cancellationToken);
}
