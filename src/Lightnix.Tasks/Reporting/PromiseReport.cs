using Lightnix.Queries;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Shows tested promises as test runners show tests: a line for each with its place, then the counts.</summary>
/// <remarks>The terminal logger shows no message of a task except the counts: it adds those of a project that has run a target called
/// <c>_TestRunStart</c> to its summary of all tests. Other loggers print the text.</remarks>
sealed class PromiseReport(IBuildEngine engine)
{
    const string Counts = "TLTESTFINISH";

    public void Show(string project, ImmutableArray<TestedPromise> tested, Func<DeclaredItem, TextPlace> placeOf)
    {
        foreach (var promise in tested)
        {
            var place = placeOf(promise.Promise.Item);
            var line = $"{Path.GetFileName(place.File)}({place.Line},{place.Column}): promise '{promise.Promise.Path}' of "
                + $"'{promise.Stage.Name}' {Verdict(promise)}";
            engine.LogMessageEvent(new(Visible.Lines(line), null, nameof(TestPromises), MessageImportance.High));
        }
        var kept = tested.Count(t => t.IsKept);
        var skipped = tested.Count(t => t.IsSkipped);
        var failed = tested.Length - kept - skipped;
        var promises = tested.Length == 1 ? "1 promise" : $"{tested.Length} promises";
        var summary = $"{project}: {promises}, {kept} kept, {failed} not{(skipped == 0 ? "" : $", {skipped} skipped")}";
        engine.LogMessageEvent(new ExtendedBuildMessageEventArgs(Counts, summary, null, nameof(TestPromises), MessageImportance.High)
        {
            ExtendedMetadata = new Dictionary<string, string?>
            {
                ["total"] = Text(tested.Length),
                ["passed"] = Text(kept),
                ["failed"] = Text(failed),
                ["skipped"] = Text(skipped),
            },
        });
    }

    static string Verdict(TestedPromise promise)
    {
        if (promise.IsKept)
            return "is kept";
        if (promise.IsSkipped)
            return "is skipped: the stage has no right result, and only choices with Failed=\"Skip\" read it";
        return promise.Broken.IsEmpty ? "cannot be tested" : "is broken";
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
