using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>A stage with its choice.</summary>
sealed record ChosenMatch(StageMatch Match, Decision.Selected Selected, Selection Selection)
{
    public void Report(IStageReports reports) => reports.Chosen(Match, Selected, Selection);
}
